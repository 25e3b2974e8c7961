package dev.reprise.testkit.wire;

import dev.reprise.failure.FailureKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okio.Buffer;

/**
 * An answer that no provider should send, and what it must be taken for. No call may succeed on one, hang, or send its
 * request twice.
 *
 * @param name what is wrong
 * @param answer how a server gives it
 * @param kind the failure it is
 */
@SuppressWarnings("exports") // "requires transitive" would make mockwebserver3 necessary for who takes the fakes alone.
public record WireFault(String name, MockResponse answer, FailureKind kind) {

    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream";

    /** Shows the name alone. */
    @Override
    public String toString() {
        return name;
    }

    /** Faults that are the same in every protocol. */
    public static List<WireFault> all() {
        return List.of(
                unparseable("an empty success", body(200, JSON, "")),
                unparseable("a success without content", body(204, JSON, "")),
                unparseable("white space alone", body(200, JSON, " \r\n\t ")),
                unparseable("an HTML page as a success", body(200, "text/html", "<html><body>Log in</body></html>")),
                unparseable("a text as a success", body(200, "text/plain", "OK")),
                unparseable("a JSON text", body(200, JSON, "\"hello\"")),
                unparseable("a JSON list", body(200, JSON, "[{}]")),
                unparseable("a JSON null", body(200, JSON, "null")),
                unparseable("an empty object", body(200, JSON, "{}")),
                unparseable("an object of another protocol", body(200, JSON, "{\"result\":{\"ok\":true}}")),
                unparseable("half an object", body(200, JSON, "{\"id\":\"x\",\"content\":[{\"ty")),
                unparseable("two objects", body(200, JSON, "{}{}")),
                unparseable("an object nested without end", body(200, JSON, "{\"a\":".repeat(20_000))),
                unparseable("a number without end", body(200, JSON, "{\"usage\":1e999999999}")),
                unparseable("bytes that are no text", bytes(200, JSON, new byte[] {(byte) 0xff, 0, (byte) 0xfe, 1})),
                network("an empty stream", body(200, EVENTS, "")),
                network("a stream of comments", body(200, EVENTS, ": hello\n\n: bye\n\n")),
                network("a stream of unknown events", body(200, EVENTS, "event: weather\ndata: {}\n\n")),
                network("a connection closed before the answer", effect(new SocketEffect.CloseSocket())),
                network(
                        "a body shorter than promised",
                        JSON_OBJECT
                                .newBuilder()
                                .onResponseBody(new SocketEffect.CloseSocket())
                                .build()),
                network("bytes that claim to be gzip", gzip("not gzip at all")),
                server("an HTML page of a proxy", body(502, "text/html", "<html><h1>Bad Gateway</h1></html>")),
                server("an empty server error", body(500, JSON, "")),
                server("a JSON text as a server error", body(500, JSON, "\"oops\"")),
                new WireFault(
                        "a redirect to another host",
                        new MockResponse.Builder()
                                .code(307)
                                .setHeader("location", "http://127.0.0.1:9/")
                                .build(),
                        FailureKind.INVALID_REQUEST),
                new WireFault(
                        "a page of a firewall that finds the body too large",
                        body(413, "text/html", "<html><center>Request Entity Too Large</center></html>"),
                        FailureKind.TOO_LARGE));
    }

    private static final MockResponse JSON_OBJECT = body(200, JSON, "{\"id\":\"x\",\"content\":[]}".repeat(50));

    private static WireFault unparseable(String name, MockResponse answer) {
        return new WireFault(name, answer, FailureKind.UNPARSEABLE);
    }

    private static WireFault network(String name, MockResponse answer) {
        return new WireFault(name, answer, FailureKind.NETWORK);
    }

    private static WireFault server(String name, MockResponse answer) {
        return new WireFault(name, answer, FailureKind.SERVER);
    }

    private static MockResponse body(int status, String type, String text) {
        return bytes(status, type, text.getBytes(StandardCharsets.UTF_8));
    }

    private static MockResponse bytes(int status, String type, byte[] bytes) {
        var answer = new MockResponse.Builder().code(status).setHeader("content-type", type);
        return (status == 204 ? answer : answer.body(new Buffer().write(bytes))).build();
    }

    private static MockResponse gzip(String text) {
        return new MockResponse.Builder()
                .setHeader("content-type", JSON)
                .setHeader("content-encoding", "gzip")
                .body(text)
                .build();
    }

    private static MockResponse effect(SocketEffect effect) {
        return new MockResponse.Builder().onResponseStart(effect).build();
    }
}
