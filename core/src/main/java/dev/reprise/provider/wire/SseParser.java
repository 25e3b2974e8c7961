package dev.reprise.provider.wire;

import dev.reprise.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import okio.BufferedSource;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Reads server-sent events (WHATWG HTML, section 9.2.6): lines ended by CR, LF or CRLF, comments, data of several lines,
 * a byte order mark, names or none. UTF-8 is decoded line by line, so it does not matter how the bytes were split.
 *
 * <p>Three things go beyond the standard, so that no error is lost that a server writes in its own way: a field
 * {@code error} is the data of an event of that name, a line of bare JSON is the data of an event, and the first line
 * that is neither a field nor a comment is kept for a person to read.
 *
 * <p>Not okhttp-sse's reader: that one lifts the call's time limit, insists on the content type, cannot be stopped at
 * the protocol's own end, and hides what a broken stream ended with.
 */
final class SseParser {

    /** A line's bytes, and the text that is made of them. */
    private static final int BYTES_OF_A_LINE = 3;
    /** An event's data as it grows, as it is handed on, and as it is read. */
    private static final int BYTES_OF_A_CHARACTER = 6;

    private static final ByteString LINE_ENDS = ByteString.encodeUtf8("\r\n");
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final BufferedSource source;
    private final EventReader reader;
    private final AnswerMemory memory;
    private final StringBuilder data = new StringBuilder();
    private @Nullable String name;
    private boolean hasData;
    private boolean bare;
    private @Nullable String stray;
    private boolean first = true;
    private boolean skipLineFeed;
    private long total;

    SseParser(BufferedSource source, EventReader reader, AnswerMemory memory) {
        this.source = source;
        this.reader = reader;
        this.memory = memory;
    }

    /**
     * Hands on events until the reader wants no more or the stream is at its end.
     *
     * @throws AnswerTooLargeException when the stream is larger than may be read
     */
    void read() throws IOException {
        boolean wanted = true;
        try {
            for (String line = line(); wanted && line != null; line = wanted ? line() : null) {
                wanted = take(line);
            }
        } catch (AnswerTooLargeException e) {
            wanted = false; // what is left would not fit either
            throw e;
        } finally {
            if (wanted) {
                remainder();
            }
        }
    }

    private void remainder() {
        var rest = source.getBuffer();
        if (rest.size() > 0) {
            take(decode(rest.readUtf8()));
        }
        if (hasData) {
            reader.remainder(event());
        }
    }

    private SseEvent event() {
        var text = data.toString();
        memory.need(need() + Json.memory(text.getBytes(StandardCharsets.UTF_8)));
        return new SseEvent(name, text);
    }

    /** The next whole line without its end, or null when the stream ends before one. */
    private @Nullable String line() throws IOException {
        if (skipLineFeed) {
            if (!source.request(1)) {
                return null;
            }
            if (source.getBuffer().getByte(0) == '\n') {
                source.skip(1);
            }
            skipLineFeed = false;
        }
        for (long from = 0; ; ) {
            long end = source.getBuffer().indexOfElement(LINE_ENDS, from);
            if (end >= 0) {
                var line = source.readUtf8(end);
                // Waiting to see whether a line feed follows would hold back the event.
                skipLineFeed = source.readByte() == '\r';
                count(end + 1);
                return decode(line);
            }
            from = source.getBuffer().size();
            memory.need(from * BYTES_OF_A_LINE + need());
            if (!source.request(from + 1)) {
                return null;
            }
        }
    }

    private void count(long bytes) {
        total += bytes;
        if (total > AnswerMemory.MAX_STREAM) {
            throw new AnswerTooLargeException("a stream of more than 256 MiB");
        }
    }

    private long need() {
        return (long) BYTES_OF_A_CHARACTER * data.length();
    }

    private String decode(String line) {
        boolean marked = first && !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK;
        first = false;
        return marked ? line.substring(1) : line;
    }

    /** Takes a line in; a blank one ends the event. */
    private boolean take(String line) {
        if (line.isEmpty()) {
            return dispatch();
        }
        int colon = line.indexOf(':');
        var field = colon < 0 ? line : line.substring(0, colon);
        var value = colon < 0 ? "" : line.substring(colon + 1);
        value = value.startsWith(" ") ? value.substring(1) : value;
        switch (field) {
            case "data" -> {
                return begin(false) && add(value);
            }
            case "event" -> name = value.isEmpty() ? null : value;
            case "error" -> {
                if (!begin(false)) {
                    return false;
                }
                name = "error";
                return add(value);
            }
            case "", "id", "retry" -> {} // a comment, and what only reconnecting needs
            default -> {
                return other(line);
            }
        }
        return true;
    }

    /** A line that is no field: of bare JSON, or of what somebody on the way had to say. */
    private boolean other(String line) {
        boolean starts = line.startsWith("{") || line.startsWith("[");
        if (starts) {
            return begin(true) && add(line);
        }
        if (bare) {
            return add(line);
        }
        stray = stray == null ? line : stray;
        return true;
    }

    /** Makes ready for a line of data; what has been gathered of the other form, or of another bare value, is an event. */
    private boolean begin(boolean ofBareJson) {
        boolean wanted = !hasData || !(bare || ofBareJson) || (bare && ofBareJson && !endsValue()) || dispatch();
        bare = ofBareJson;
        return wanted;
    }

    private boolean endsValue() {
        char last = data.charAt(data.length() - 1);
        return last == '}' || last == ']';
    }

    private boolean add(String value) {
        if (hasData) {
            data.append('\n');
        }
        data.append(value);
        hasData = true;
        memory.need(need());
        return true;
    }

    private boolean dispatch() {
        boolean empty = data.isEmpty() && !"error".equals(name);
        boolean wanted = empty || reader.event(event());
        data.setLength(0);
        hasData = false;
        bare = false;
        name = null;
        return wanted;
    }

    /** The first line that was no part of an event, or null. */
    @Nullable
    String stray() {
        return stray;
    }
}
