package dev.reprise.provider.wire;

import dev.reprise.json.Json;
import dev.reprise.json.JsonFormatException;
import dev.reprise.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An error as it stands in a body, an event or a choice, in any of the shapes that servers give it: an object, a text, a
 * list, flat members, or JSON inside the text of another error.
 *
 * @param objects the objects that state it, the outermost first
 * @param messages what they say, the outermost first
 */
public record StatedError(List<JsonObject> objects, List<String> messages) {

    private static final String ERROR = "error";
    private static final String BASE_RESPONSE = "base_resp";
    private static final int MAX_NESTED = 4;

    private static final List<String> MESSAGES = List.of(
            "message",
            "detail",
            "msg",
            "error_message",
            "errorMessage",
            "error_msg",
            "error_description",
            "status_msg");
    private static final List<String> STATUSES =
            List.of("code", "http_status", "status", "statusCode", "status_code", "http_code");
    private static final Set<String> ANSWERS = Set.of("choices", "content", "delta", "usage", "content_block");

    /** Whether a body states an error: at its top, in its choice, or by being nothing but one. */
    static boolean isIn(JsonObject body) {
        return isHeldIn(body) || (!answers(body) && (hasWords(body) || hasStatus(body)));
    }

    /** The same for an event of a stream, among which there are notices that are no errors. */
    static boolean isInEvent(JsonObject event) {
        return isHeldIn(event)
                || (!answers(event) && (hasStatus(event) || (hasWords(event) && event.code("code") != null)));
    }

    /** Whether an object says outright that it holds an error. */
    static boolean isHeldIn(JsonObject body) {
        return ERROR.equals(body.string("type"))
                || ERROR.equals(body.string("object"))
                || holders(body).anyMatch(StatedError::holdsError)
                || body.objects("choices").stream()
                        .anyMatch(choice -> ERROR.equalsIgnoreCase(String.valueOf(choice.get("finish_reason"))));
    }

    private static Stream<JsonObject> holders(JsonObject body) {
        var choices = body.objects("choices").stream()
                .flatMap(choice -> Stream.of(choice, choice.objectOrEmpty("delta"), choice.objectOrEmpty("message")));
        return Stream.concat(Stream.of(body, body.objectOrEmpty("response")), choices);
    }

    private static boolean holdsError(JsonObject holder) {
        return says(holder.get(ERROR)) || says(holder.get("errors")) || failed(holder.objectOrEmpty(BASE_RESPONSE));
    }

    private static boolean failed(JsonObject baseResponse) {
        return baseResponse.numberOrZero("status_code") != 0;
    }

    /** Whether a value says anything: an error that is false, zero or empty, all the way down, is none. */
    static boolean says(@Nullable Object value) {
        if (value instanceof String text) {
            return !text.isBlank();
        }
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(StatedError::says);
        }
        if (value instanceof Collection<?> list) {
            return list.stream().anyMatch(StatedError::says);
        }
        return value instanceof Number number ? number.doubleValue() != 0 : Boolean.TRUE.equals(value);
    }

    private static boolean answers(JsonObject body) {
        return body.members().keySet().stream().anyMatch(ANSWERS::contains);
    }

    private static boolean hasWords(JsonObject body) {
        return MESSAGES.stream().anyMatch(name -> words(body.get(name)) != null);
    }

    private static boolean hasStatus(JsonObject body) {
        return STATUSES.stream().anyMatch(name -> status(body.code(name)) != null);
    }

    /** The error that a body states. */
    static StatedError of(JsonObject body) {
        var error = new StatedError(new ArrayList<>(), new ArrayList<>());
        var holder = holders(body).filter(StatedError::holdsError).findFirst();
        if (holder.isEmpty()) {
            error.add(body);
        } else if (says(holder.get().get(ERROR))) {
            error.addHeld(holder.get(), holder.get().get(ERROR));
        } else if (says(holder.get().get("errors"))) {
            error.addHeld(holder.get(), holder.get().get("errors"));
        } else {
            error.add(holder.get().objectOrEmpty(BASE_RESPONSE));
        }
        return error;
    }

    /** The error that plain words are. */
    static StatedError ofWords(String words) {
        var error = new StatedError(new ArrayList<>(), new ArrayList<>());
        error.addWords(words);
        return error;
    }

    private void addHeld(JsonObject holder, @Nullable Object held) {
        if (held instanceof List<?> list) {
            list.forEach(item -> addHeld(holder, item));
        } else if (held instanceof Map<?, ?>) {
            add(JsonObject.of(held));
        } else {
            // A bare word for the error: its code, and what more is said, stand beside it.
            objects.add(holder);
            if (held instanceof String text) {
                addWords(text);
            }
            MESSAGES.stream()
                    .map(name -> words(holder.get(name)))
                    .filter(Objects::nonNull)
                    .forEach(this::addWords);
        }
    }

    private void add(JsonObject object) {
        if (objects.size() >= MAX_NESTED) {
            return;
        }
        objects.add(object);
        for (String name : MESSAGES) {
            var value = object.get(name);
            if (value instanceof Map<?, ?>) {
                add(JsonObject.of(value));
            } else if (words(value) != null) {
                addWords(words(value));
            }
        }
        var raw = object.objectOrEmpty("metadata").string("raw"); // what the provider behind a gateway said
        if (raw != null) {
            addWords(raw);
        }
    }

    /** Words, which may be another error written as JSON. */
    private void addWords(@Nullable String words) {
        if (words == null || words.isBlank()) {
            return;
        }
        var nested =
                words.stripLeading().startsWith("{") || words.stripLeading().startsWith("[") ? parsed(words) : null;
        if (nested != null && objects.size() < MAX_NESTED && isIn(nested)) {
            var inner = of(nested);
            objects.addAll(inner.objects);
            messages.addAll(inner.messages);
        } else {
            messages.add(words);
        }
    }

    private static @Nullable JsonObject parsed(String words) {
        try {
            return BodyText.object(Json.read(words));
        } catch (JsonFormatException e) {
            return null;
        }
    }

    /** A member as words: a list says what is wrong with which field. */
    private static @Nullable String words(@Nullable Object value) {
        if (value instanceof String text) {
            return text.isBlank() ? null : text;
        }
        return value instanceof List<?> && says(value) ? Json.write(value) : null;
    }

    /** What is said, for a person. */
    String message() {
        if (messages.isEmpty()) {
            return "no message";
        }
        var rest = messages.stream()
                .skip(1)
                .distinct()
                .filter(words -> !words.equals(messages.get(0)))
                .toList();
        return rest.isEmpty() ? messages.get(0) : messages.get(0) + " (" + String.join("; ", rest) + ")";
    }

    /** All codes, types and reasons, the most specific first. */
    List<String> codes() {
        var codes = new LinkedHashSet<@Nullable String>();
        for (JsonObject object : objects) {
            codes.add(object.objectOrEmpty("details").code("error_code"));
            object.objects("details").forEach(detail -> codes.add(detail.string("reason")));
            codes.add(word(object.code("code")));
            codes.add(object.objectOrEmpty("availability").code("code"));
            codes.add(object.code("error_code"));
            codes.add(object.string("error_type"));
            codes.add(object.objectOrEmpty("metadata").string("error_type"));
            codes.add(object.objectOrEmpty("innererror").string("code"));
        }
        objects.forEach(object -> codes.add(object.code("code")));
        for (JsonObject object : objects) {
            codes.add(object.string("type"));
            codes.add(word(object.string("status")));
        }
        return codes.stream()
                .filter(code -> code != null && !code.isBlank())
                .map(Objects::requireNonNull)
                .filter(code -> !code.equals(ERROR))
                .toList();
    }

    private static @Nullable String word(@Nullable String code) {
        return status(code) == null ? code : null;
    }

    /** The HTTP status that the error itself names, or zero. */
    int status() {
        return objects.stream()
                .flatMap(object -> STATUSES.stream().map(object::code))
                .map(StatedError::status)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(0);
    }

    private static @Nullable Integer status(@Nullable String code) {
        return code != null && code.matches("[45]\\d\\d") ? (Integer) Integer.parseInt(code) : null;
    }

    /** The parameter that the error says it is about, or null. */
    @Nullable
    String parameter() {
        return objects.stream()
                .map(object -> object.string("param"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
