package dev.reprise.provider.wire;

import dev.reprise.failure.GenerationFailure;
import dev.reprise.provider.ProviderReply.Again;
import dev.reprise.provider.ProviderReply.Exchange;
import java.util.Optional;
import java.util.regex.Pattern;

/** Recognises that a provider refuses an optional parameter by name, and remembers it for the model. */
public final class Rejections {

    private static final int BAD_REQUEST = 400;
    private static final int UNPROCESSABLE = 422;

    /** A parameter that is refused as such, and not for its value. */
    private static final Pattern UNSUPPORTED = Pattern.compile(
            "unsupported|not supported|not support|unrecognized|unknown|unexpected|not permitted|extra (inputs|fields)",
            Pattern.CASE_INSENSITIVE);

    private final ProfileBook profiles;

    /** Remembers in the provider's book. */
    public Rejections(ProfileBook profiles) {
        this.profiles = profiles;
    }

    /** The reply that asks to be called again without the parameter, when that is what the error is about. */
    public Optional<Again> again(int status, ErrorDetail detail, GenerationFailure failure, Asked asked, Exchange ex) {
        if (status != BAD_REQUEST && status != UNPROCESSABLE) {
            return Optional.empty();
        }
        return asked.droppable().stream()
                .filter(parameter -> refuses(detail, parameter))
                .findFirst()
                .map(parameter -> {
                    profiles.refused(asked.sent().model(), parameter);
                    var carry = parameter.replacement() == null
                            ? asked.carry().without(parameter.name())
                            : asked.carry().replacing(parameter.name(), parameter.replacement());
                    return new Again(Again.Cause.PARAMETER_REJECTED, carry.encode(), failure, ex);
                });
    }

    private static boolean refuses(ErrorDetail detail, Asked.Droppable parameter) {
        boolean named = parameter.name().equals(detail.parameter()) || names(detail.message(), parameter.name());
        if (parameter.replacement() == null) {
            return named;
        }
        // A number of tokens can also be refused for being too high.
        return named
                && (UNSUPPORTED.matcher(detail.message()).find()
                        || names(detail.message(), parameter.replacement())
                        || "unsupported_parameter".equals(detail.code()));
    }

    private static boolean names(String message, String parameter) {
        return Pattern.compile("(?<!\\w)" + Pattern.quote(parameter) + "(?!\\w)", Pattern.CASE_INSENSITIVE)
                .matcher(message)
                .find();
    }
}
