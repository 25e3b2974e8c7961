package dev.reprise.generation;

import dev.reprise.failure.InvalidRequestException;
import dev.reprise.failure.StorableText;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the fields of a request may hold. */
final class RequestLimits {

    private static final int MAX_TEXT = 4_000_000;
    private static final int MAX_NAME = 100;
    private static final int MAX_LONG_NAME = 200;
    private static final int MAX_TOKENS = 10_000_000;
    private static final int MAX_IMAGES = 20;
    private static final long MAX_IMAGE_BYTES = 20L << 20;
    private static final int MAX_STOP_SEQUENCES = 16;
    private static final int MAX_SETTINGS = 64;
    private static final int MAX_SETTING = 4_000;
    private static final int MAX_PRIORITY = 100;
    private static final Duration MAX_ATTEMPT_TIMEOUT = Duration.ofDays(1);
    private static final Duration MAX_DEADLINE = Duration.ofDays(365);

    private RequestLimits() {}

    static void checkPrompt(String prompt) {
        if (prompt.isBlank()) {
            throw new InvalidRequestException("prompt", prompt, "must not be blank");
        }
        checkLength("prompt", prompt, MAX_TEXT);
    }

    static void check(ModelInput input) {
        checkName("provider", input.provider(), MAX_NAME);
        checkName("model", input.model(), MAX_LONG_NAME);
        checkConversation(input.messages());
        if (input.system() != null) {
            checkSystem(input.system());
        }
        checkImages(input.images());
        checkSampling(input);
        input.extra().keySet().forEach(name -> checkName("extra name", name, MAX_NAME));
    }

    static void check(RunOptions options) {
        checkName("label", options.label(), MAX_NAME);
        checkName("processor", options.processor(), MAX_NAME);
        checkName("idempotencyKey", options.idempotencyKey(), MAX_LONG_NAME);
        checkSettings(options.settings());
        checkRange("priority", options.priority(), -MAX_PRIORITY, MAX_PRIORITY);
        checkDuration("attemptTimeout", options.attemptTimeout(), MAX_ATTEMPT_TIMEOUT);
        checkDuration("deadline", options.deadline(), MAX_DEADLINE);
    }

    /** A copy that keeps the order. */
    static Map<String, String> copy(Map<String, String> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    private static void checkImages(List<ReferenceImage> images) {
        if (images.size() > MAX_IMAGES) {
            throw new InvalidRequestException("image", images.size() + " images", "must be at most 20");
        }
        long bytes = 0;
        for (ReferenceImage image : images) {
            bytes += image instanceof ReferenceImage.Inline inline ? inline.size() : 0;
        }
        if (bytes > MAX_IMAGE_BYTES) {
            throw new InvalidRequestException("image.bytes", bytes + " bytes", "must be at most 20 MiB in all images");
        }
    }

    private static void checkConversation(List<Message> messages) {
        if (messages.isEmpty()) {
            throw new InvalidRequestException("prompt", "", "or messages must be given");
        }
        if (messages.get(0).role() != Role.USER) {
            throw new InvalidRequestException("messages", messages.get(0).role(), "must begin with a user turn");
        }
        var last = messages.get(messages.size() - 1).role();
        if (last != Role.USER) {
            throw new InvalidRequestException("messages", last, "must end with a user turn");
        }
        long length = messages.stream().mapToLong(m -> m.text().length()).sum();
        if (length > MAX_TEXT) {
            throw new InvalidRequestException(
                    "messages", length + " characters", "must have at most " + MAX_TEXT + " characters in all");
        }
    }

    private static void checkSampling(ModelInput input) {
        if (input.maxOutputTokens() != null) {
            checkRange("maxOutputTokens", input.maxOutputTokens(), 1, MAX_TOKENS);
        }
        var temperature = input.temperature();
        if (temperature != null && !(temperature >= 0 && temperature <= 2)) {
            throw new InvalidRequestException("temperature", temperature, "must be 0 to 2");
        }
        if (input.stopSequences().size() > MAX_STOP_SEQUENCES) {
            throw new InvalidRequestException(
                    "stopSequences", input.stopSequences().size() + " sequences", "must be at most 16");
        }
        for (String sequence : input.stopSequences()) {
            if (sequence.isEmpty()) {
                throw new InvalidRequestException("stopSequences", sequence, "must not hold an empty text");
            }
            checkLength("stopSequences", sequence, MAX_LONG_NAME);
        }
    }

    private static void checkSettings(Map<String, String> settings) {
        if (settings.size() > MAX_SETTINGS) {
            throw new InvalidRequestException("settings", settings.size() + " settings", "must be at most 64");
        }
        settings.forEach((key, value) -> {
            checkName("settings key", key, MAX_NAME);
            StorableText.checkName("settings." + key, value);
            checkLength("settings." + key, value, MAX_SETTING);
        });
    }

    private static void checkSystem(String system) {
        if (system.isBlank()) {
            throw new InvalidRequestException("system", system, "must not be blank");
        }
        checkLength("system", system, MAX_TEXT);
    }

    private static void checkName(String field, @Nullable String value, int max) {
        if (value == null) {
            return;
        }
        if (value.isBlank()) {
            throw new InvalidRequestException(field, value, "must not be blank");
        }
        StorableText.checkName(field, value);
        checkLength(field, value, max);
    }

    private static void checkLength(String field, String value, int max) {
        StorableText.checkText(field, value);
        if (value.length() > max) {
            throw new InvalidRequestException(field, value, "must have at most " + max + " characters");
        }
    }

    private static void checkRange(String field, int value, int min, int max) {
        if (value < min || value > max) {
            throw new InvalidRequestException(field, value, "must be " + min + " to " + max);
        }
    }

    private static void checkDuration(String field, @Nullable Duration value, Duration max) {
        if (value != null && (value.isNegative() || value.isZero() || value.compareTo(max) > 0)) {
            throw new InvalidRequestException(field, value, "must be over PT0S and at most " + max);
        }
    }
}
