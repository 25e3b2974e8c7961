package dev.reprise.provider.wire;

import java.io.IOException;
import java.util.Locale;
import okhttp3.Response;
import okio.BufferedSource;
import okio.ByteString;

/** Tells a stream of events from a body in one piece: gateways answer with either, whatever was asked for. */
final class EventStreams {

    private static final ByteString BYTE_ORDER_MARK = ByteString.decodeHex("efbbbf");
    private static final int LONGEST_FIELD = 6;

    private EventStreams() {}

    /** Whether a body is a stream of events, by its first bytes and, where they say nothing, its content type. */
    static boolean begins(Response response, BufferedSource source) throws IOException {
        var type = response.header("content-type");
        boolean declared = type != null && type.toLowerCase(Locale.ROOT).contains("text/event-stream");
        var bytes = source.peek();
        if (bytes.request(1) && bytes.getBuffer().getByte(0) == BYTE_ORDER_MARK.getByte(0)) {
            bytes.skip(bytes.request(BYTE_ORDER_MARK.size()) ? BYTE_ORDER_MARK.size() : 1);
        }
        while (bytes.request(1)) {
            byte first = bytes.getBuffer().getByte(0);
            if (first == '{' || first == '<') {
                return false;
            }
            if (first != ' ' && first != '\t' && first != '\r' && first != '\n') {
                return declared || first == ':' || fieldBegins(bytes);
            }
            bytes.skip(1);
        }
        return declared;
    }

    private static boolean fieldBegins(BufferedSource bytes) throws IOException {
        bytes.request(LONGEST_FIELD);
        var field = bytes.getBuffer()
                .snapshot((int) Math.min(LONGEST_FIELD, bytes.getBuffer().size()))
                .utf8();
        return field.startsWith("data:") || field.startsWith("event:");
    }
}
