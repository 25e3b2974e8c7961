package dev.reprise.provider.wire;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import okhttp3.Response;
import okio.BufferedSource;
import okio.ByteString;

/** Tells a stream of events from a body in one piece: gateways answer with either, whatever was asked for. */
final class EventStreams {

    private static final ByteString BYTE_ORDER_MARK = ByteString.decodeHex("efbbbf");
    private static final int LONGEST_FIELD = 6;
    private static final List<String> FIELDS = List.of("data:", "event:", "error:", "id:", "retry:");

    private static final long MAX_BLANKS = 1L << 20;

    private EventStreams() {}

    /** Whether an answer's content type says that it is a stream of events. */
    static boolean declared(Response response) {
        var type = response.header("content-type");
        return type != null && type.toLowerCase(Locale.ROOT).contains("text/event-stream");
    }

    /**
     * Whether a body is a stream of events, by its first bytes and, where they say nothing, its content type. Blanks
     * before them, which gateways send to keep a connection open, are passed over and not kept.
     *
     * @throws AnswerTooLargeException when there are too many of them
     */
    static boolean begins(Response response, BufferedSource source) throws IOException {
        boolean declared = declared(response);
        if (source.request(BYTE_ORDER_MARK.size()) && source.rangeEquals(0, BYTE_ORDER_MARK)) {
            source.skip(BYTE_ORDER_MARK.size());
        }
        for (long blanks = 0; source.request(1); blanks++) {
            byte first = source.getBuffer().getByte(0);
            if (first == '{' || first == '[' || first == '<') {
                return false;
            }
            if (first != ' ' && first != '\t' && first != '\r' && first != '\n') {
                return declared || first == ':' || fieldBegins(source);
            }
            if (blanks > MAX_BLANKS) {
                throw new AnswerTooLargeException("an answer that begins with more than 1 MiB of blanks");
            }
            source.skip(1);
        }
        return declared;
    }

    private static boolean fieldBegins(BufferedSource bytes) throws IOException {
        bytes.request(LONGEST_FIELD);
        var field = bytes.getBuffer()
                .snapshot((int) Math.min(LONGEST_FIELD, bytes.getBuffer().size()))
                .utf8();
        return FIELDS.stream().anyMatch(field::startsWith);
    }
}
