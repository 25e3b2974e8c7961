package dev.reprise.provider.wire;

import dev.reprise.json.Json;
import dev.reprise.json.JsonFormatException;
import dev.reprise.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of a stream whose data is JSON, and any error among them, whatever its place and shape: an event named
 * so, a member of another event, a flat object, an object in a list, or plain words.
 */
public abstract class JsonEvents implements EventReader {

    private static final String ERROR = "error";

    private @Nullable StatedError error;
    private @Nullable String garbled;
    private boolean ended;

    /** Makes a reader that has read nothing. */
    protected JsonEvents() {}

    /** Whether an event is the protocol's proper end, whatever its data is. */
    protected boolean isEnd(SseEvent event) {
        return false;
    }

    /** Whether an event's data says that it is the protocol's proper end. */
    protected boolean isEnd(JsonObject data) {
        return false;
    }

    /** Whether an event that cannot be read may hold what must not be missing. */
    protected abstract boolean isNeeded(SseEvent event);

    /** Takes the data of an event. */
    protected abstract void take(JsonObject data);

    /** Whether an event's data is of a kind that has a place for errors of its own, and is none for having a message. */
    protected boolean isForeign(JsonObject data) {
        return false;
    }

    @Override
    public final boolean event(SseEvent event) {
        if (isEnd(event)) {
            ended = true;
            return false;
        }
        var data = parsed(event);
        if (data != null) {
            take(data);
            ended = isEnd(data);
            boolean states = isForeign(data) ? StatedError.isHeldIn(data) : StatedError.isInEvent(data);
            error = ERROR.equals(event.name()) || states ? StatedError.of(data) : null;
        } else if (ERROR.equals(event.name())) {
            error = StatedError.ofWords(event.data());
        } else if (isNeeded(event)) {
            garbled = event.data();
        }
        return error == null && garbled == null && !ended;
    }

    @Override
    public final void remainder(SseEvent event) {
        var data = parsed(event);
        if (isEnd(event) || (data != null && isEnd(data))) {
            ended = true;
        } else if (data != null && (ERROR.equals(event.name()) || StatedError.isHeldIn(data))) {
            error = StatedError.of(data);
        } else if (data == null && ERROR.equals(event.name())) {
            error = StatedError.ofWords(event.data());
        }
    }

    private static @Nullable JsonObject parsed(SseEvent event) {
        try {
            var tree = Json.read(event.data());
            var object = BodyText.object(tree);
            return object == null && tree instanceof String words && ERROR.equals(event.name())
                    ? new JsonObject(Map.of(ERROR, words))
                    : object;
        } catch (JsonFormatException e) {
            return null;
        }
    }

    /** Whether the answer came to its proper end. */
    public boolean ended() {
        return ended;
    }

    /** The error that ended the stream, or null. */
    public @Nullable StatedError error() {
        return error;
    }

    /** What stood in an event that could not be read, so that text may be missing; or null. */
    public @Nullable String garbled() {
        return garbled;
    }
}
