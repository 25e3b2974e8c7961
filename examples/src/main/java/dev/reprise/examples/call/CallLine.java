package dev.reprise.examples.call;

import dev.reprise.failure.InvalidRequestException;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.retry.RetrySchedule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of input: a request, where it goes, and when to try again.
 *
 * @param idleTimeout how long a stream may be silent, or null for the client's default
 */
record CallLine(
        Gateway gateway,
        GenerationRequest request,
        RetrySchedule schedule,
        @Nullable Duration idleTimeout) {

    static final String PROVIDER = "provider";
    static final String API_KEY = "apiKey";
    static final String IMAGES = "images";
    static final String ANTHROPIC_VERSION = "anthropicVersion";

    private static final String RETRY_DELAYS = "retryDelays";
    private static final List<String> NAMES = List.of(
            PROVIDER,
            "baseUrl",
            API_KEY,
            "model",
            "prompt",
            "system",
            IMAGES,
            "stream",
            "maxOutputTokens",
            "temperature",
            ANTHROPIC_VERSION,
            RETRY_DELAYS,
            "attemptTimeout",
            "idleTimeout",
            "deadline",
            "extraBody");
    private static final int MAX_DELAYS = 19;

    /** @throws InvalidRequestException when a field is missing, unknown or out of range */
    static CallLine of(Map<?, ?> object) {
        var fields = new Fields(object);
        fields.only(NAMES);
        var gateway = new Gateway(
                fields.requiredText(PROVIDER),
                fields.text("baseUrl"),
                fields.text(API_KEY),
                fields.text(ANTHROPIC_VERSION),
                fields.flag("stream"));
        return new CallLine(gateway, request(fields), schedule(fields), fields.duration("idleTimeout"));
    }

    private static GenerationRequest request(Fields fields) {
        var request = GenerationRequest.builder()
                .model(fields.requiredText("model"))
                .prompt(fields.requiredText("prompt"))
                .system(fields.text("system"))
                .maxOutputTokens(fields.integer("maxOutputTokens"))
                .temperature(fields.decimal("temperature"))
                .attemptTimeout(fields.duration("attemptTimeout"))
                .deadline(fields.duration("deadline"));
        var images = fields.list(IMAGES);
        if (images != null) {
            images.forEach(image -> request.image(Images.read(image)));
        }
        fields.map("extraBody").forEach((name, value) -> request.extra(String.valueOf(name), value));
        return request.build();
    }

    /** What is asked for, to the millisecond; the client's default, a little jittered, when nothing is. */
    private static RetrySchedule schedule(Fields fields) {
        var delays = fields.durations(RETRY_DELAYS);
        if (delays == null) {
            return RetrySchedule.DEFAULT;
        }
        if (delays.size() > MAX_DELAYS) {
            throw new InvalidRequestException(RETRY_DELAYS, delays.size() + " waits", "must be at most " + MAX_DELAYS);
        }
        return new RetrySchedule(delays, 0);
    }
}
