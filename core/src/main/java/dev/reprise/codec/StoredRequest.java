package dev.reprise.codec;

import dev.reprise.generation.GenerationRequest;
import org.jspecify.annotations.Nullable;

/**
 * The payload of a task: what was asked for, and what made it a child or a variation.
 *
 * @param request what was asked for, provider and model resolved
 * @param instruction what a refinement or continuation is to change, or null
 * @param continuationType the app's name for the kind of continuation, or null
 * @param variationCount how many variations there are, or null when it is no variation
 */
public record StoredRequest(
        GenerationRequest request,
        @Nullable String instruction,
        @Nullable String continuationType,
        @Nullable Integer variationCount) {

    /** A request by itself. */
    public static StoredRequest plain(GenerationRequest request) {
        return new StoredRequest(request, null, null, null);
    }
}
