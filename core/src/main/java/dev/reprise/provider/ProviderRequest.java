package dev.reprise.provider;

import dev.reprise.generation.GenerationRequest;
import org.jspecify.annotations.Nullable;

/**
 * One provider call to make.
 *
 * @param request what was asked for; model resolved; any diversity text is in its conversation already
 * @param model the model to name
 * @param temperature the temperature to send, or null to send none
 * @param carry what the provider's previous reply of this task asked to be given back, or null
 */
public record ProviderRequest(
        GenerationRequest request,
        String model,
        @Nullable Double temperature,
        @Nullable String carry) {}
