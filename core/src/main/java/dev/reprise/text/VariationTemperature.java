package dev.reprise.text;

import dev.reprise.codec.StoredRequest;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.Message;
import dev.reprise.provider.Diversity;
import dev.reprise.provider.ModelProfile.Support;
import dev.reprise.provider.Provider;
import dev.reprise.provider.ProviderRequest;
import java.util.ArrayList;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which temperature an attempt sends: the one asked for, 0.9 for variations of a request that asks for none, or none where
 * the model takes none; variations have a text in its place then, to tell them apart. Providers send what is decided here.
 *
 * @param request what the provider is given
 * @param diversity the text that was added to the prompt, or null
 */
record VariationTemperature(
        ProviderRequest request, @Nullable String diversity) {

    /** The temperature that variations ask for. */
    static final double WANTED = 0.9;

    /**
     * Decides for one attempt.
     *
     * @param index the variation's place, or null
     * @param carry what the last attempt left, or null
     */
    static VariationTemperature decide(
            StoredRequest stored,
            @Nullable Integer index,
            @Nullable String carry,
            Provider provider,
            Diversity diversity) {
        var request = stored.request();
        var model = Objects.requireNonNull(request.model(), "a stored request names its model");
        boolean varies = index != null && stored.variationCount() != null && stored.variationCount() > 1;
        var wanted = request.temperature() == null && varies ? (Double) WANTED : request.temperature();
        boolean taken = provider.profile(model).temperature() != Support.NO;
        if (wanted == null || taken) {
            return new VariationTemperature(new ProviderRequest(request, model, wanted, carry), null);
        }
        var angle = varies ? angle(diversity, index, stored.variationCount()) : null;
        return new VariationTemperature(
                new ProviderRequest(angle == null ? request : withAngle(request, angle), model, null, carry), angle);
    }

    private static @Nullable String angle(Diversity diversity, @Nullable Integer index, @Nullable Integer count) {
        return index == null || count == null ? null : diversity.angle(index, count);
    }

    private static GenerationRequest withAngle(GenerationRequest request, String angle) {
        var messages = new ArrayList<>(request.messages());
        int last = messages.size() - 1;
        messages.set(last, Message.user(messages.get(last).text() + "\n\n" + angle));
        return request.toBuilder().messages(messages).build();
    }
}
