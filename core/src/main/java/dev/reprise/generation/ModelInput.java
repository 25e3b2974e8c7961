package dev.reprise.generation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of a request that a provider needs: what the model is given, and how it is to answer.
 *
 * @param provider the registered name of the provider, or null for the client's only one
 * @param model the provider's name of the model, or null for the provider's default
 * @param system instructions that stand above the conversation, or null
 * @param messages the conversation
 * @param images images of the first turn
 * @param maxOutputTokens the cap on output tokens, or null
 * @param temperature the temperature asked for, or null
 * @param stopSequences texts that end the output
 * @param extra fields put into the provider's request body
 */
record ModelInput(
        @Nullable String provider,
        @Nullable String model,
        @Nullable String system,
        List<Message> messages,
        List<ReferenceImage> images,
        @Nullable Integer maxOutputTokens,
        @Nullable Double temperature,
        List<String> stopSequences,
        Map<String, @Nullable Object> extra) {

    ModelInput {
        messages = List.copyOf(messages);
        images = List.copyOf(images);
        stopSequences = List.copyOf(stopSequences);
        extra = ExtraFields.copy(extra);
    }
}
