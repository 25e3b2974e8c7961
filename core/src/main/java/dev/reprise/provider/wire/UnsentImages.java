package dev.reprise.provider.wire;

import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.ReferenceImage;
import dev.reprise.generation.Sent;
import dev.reprise.generation.Usage;
import dev.reprise.provider.ModelProfile.Images;
import dev.reprise.provider.ProviderReply.Exchange;
import dev.reprise.provider.ProviderReply.Failed;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Refuses reference images that a model is known not to take, before anything is sent. */
public final class UnsentImages {

    private UnsentImages() {}

    /**
     * The failure of a request whose images cannot be sent like this, or nothing.
     *
     * @param taken how the model takes images, or null when nobody said
     */
    public static Optional<Failed> check(GenerationRequest request, String model, @Nullable Images taken) {
        boolean urls = request.images().stream().anyMatch(ReferenceImage.Remote.class::isInstance);
        String problem = null;
        if (taken == Images.NONE && !request.images().isEmpty()) {
            problem = "model " + model + " takes no images";
        } else if (taken == Images.INLINE && urls) {
            problem = "model " + model + " takes images as bytes only, not as URLs";
        }
        return Optional.ofNullable(problem).map(message -> {
            var exchange = new Exchange(null, Usage.NONE, new Sent(model, Map.of(), null));
            return new Failed(GenerationFailure.of(FailureKind.INVALID_REQUEST, message), null, exchange);
        });
    }
}
