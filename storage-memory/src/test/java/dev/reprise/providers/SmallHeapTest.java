package dev.reprise.providers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.Test;

/** Answers that mean harm cost a process of 160 MiB nothing but themselves. */
class SmallHeapTest {

    private static final int REPEATS = 20_000_000;

    @StartStop
    final MockWebServer web = new MockWebServer();

    @Test
    void hostileAnswersOfOpenAisKindEndAloneInASmallHeap() throws Exception {
        var lines = run(
                "openai",
                List.of("tree", "tree-in-an-event", "text", "lines", "names", "blanks", "digits", "pieces", "depth"));

        assertThat(lines)
                .containsExactly(
                        "tree TOO_LARGE",
                        "tree-in-an-event TOO_LARGE",
                        "text TOO_LARGE",
                        "lines TOO_LARGE",
                        "names TOO_LARGE",
                        "blanks TOO_LARGE",
                        "digits UNPARSEABLE",
                        "pieces TOO_LARGE",
                        "depth TOO_LARGE",
                        "ordinary SUCCEEDED",
                        "UP 0");
    }

    @Test
    void hostileAnswersOfAnthropicsKindEndAloneInASmallHeap() throws Exception {
        var lines = run(
                "anthropic",
                List.of("tree", "text", "blocks", "thinking", "arguments", "citations", "details", "unread"));

        assertThat(lines)
                .containsExactly(
                        "tree TOO_LARGE",
                        "text TOO_LARGE",
                        "blocks TOO_LARGE",
                        "thinking TOO_LARGE",
                        "arguments TOO_LARGE",
                        "citations TOO_LARGE",
                        "details TOO_LARGE",
                        // Nothing is kept of what is not read; the stream breaks off after it.
                        "unread NETWORK",
                        "ordinary SUCCEEDED",
                        "UP 0");
    }

    private List<String> run(String kind, List<String> models) throws Exception {
        web.setDispatcher(new Harmful(kind));
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx160m",
                "-XX:+UseSerialGC",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeapChild.class.getName(),
                kind,
                web.url("/").toString()));
        command.addAll(models);
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            var lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            return lines;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Answers each model with its own harm, compressed. */
    private static final class Harmful extends Dispatcher {

        private final String kind;

        private Harmful(String kind) {
            this.kind = kind;
        }

        @Override
        public MockResponse dispatch(RecordedRequest request) {
            var asked = request.getBody() == null ? "" : request.getBody().utf8();
            var model = asked.replaceAll("(?s).*\"model\":\"([^\"]*)\".*", "$1");
            boolean stream = !model.equals("tree") && !model.equals("names") && !model.equals("blanks");
            try {
                return new MockResponse.Builder()
                        .setHeader("content-type", stream ? "text/event-stream" : "application/json")
                        .setHeader("content-encoding", "gzip")
                        .body(kind.equals("openai") ? openAi(model) : anthropic(model))
                        .build();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        private static Buffer openAi(String model) throws IOException {
            return switch (model) {
                case "tree" -> packed("{\"choices\":[{}", ",{}", REPEATS, "]}");
                case "tree-in-an-event" -> packed("data: {\"choices\":[{}", ",{}", REPEATS, "]}\n\n");
                case "text" -> packed("data: ", "x", 3 * REPEATS, "\n\n");
                case "lines" -> packed("", "data: 12345\n", REPEATS / 4, "\n");
                case "names" -> packed("{\"a\":1", ",\"b\":2", REPEATS / 2, "}");
                case "blanks" -> packed("", " ", 3 * REPEATS, "{}");
                case "digits" ->
                    packed("data: {\"choices\":[],\"usage\":{\"prompt_tokens\":", "7", 1_000_000, "}}\n\n");
                case "pieces" -> packed("", openAiChunk("x".repeat(1_000)), REPEATS / 500, "data: [DONE]\n\n");
                case "depth" -> packed("data: ", "[", 3 * REPEATS, "\n\n");
                default -> packed(openAiChunk("It is fine."), "", 0, openAiEnd());
            };
        }

        private static String openAiChunk(String text) {
            return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
        }

        private static String openAiEnd() {
            return "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
        }

        private static Buffer anthropic(String model) throws IOException {
            var start = "data: {\"type\":\"message_start\",\"message\":{\"content\":[]}}\n\n";
            return switch (model) {
                case "tree" -> packed("{\"content\":[{}", ",{}", REPEATS, "]}");
                case "text" -> packed(start, delta("text_delta", "text", "x".repeat(1_000)), REPEATS / 500, "");
                case "blocks" -> packed(start, numbered(100_000), 1, "");
                case "thinking" ->
                    packed(start, delta("thinking_delta", "thinking", "x".repeat(1_000)), REPEATS / 500, "");
                case "arguments" ->
                    packed(start, delta("input_json_delta", "partial_json", "[],".repeat(300)), REPEATS / 500, "");
                case "citations" ->
                    packed(
                            start,
                            "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"citations_delta\","
                                    + "\"citation\":{\"a\":[" + "{},".repeat(300) + "{}]}}}\n\n",
                            REPEATS / 500,
                            "");
                case "details" -> packed(start, fields("\"stop_details\":{", "}", 20_000), 1, "");
                case "unread" -> packed(start, fields("", "", 20_000), 1, "");
                default -> packed(start + delta("text_delta", "text", "It is fine."), "", 0, """
                            data: {"type":"message_delta","delta":{"stop_reason":"end_turn"}}

                            data: {"type":"message_stop"}

                            """);
            };
        }

        private static String delta(String type, String field, String text) {
            return "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"" + type + "\",\"" + field
                    + "\":\"" + text + "\"}}\n\n";
        }

        private static String numbered(int blocks) {
            var events = new StringBuilder();
            for (int i = 0; i < blocks; i++) {
                events.append("data: {\"type\":\"content_block_start\",\"index\":")
                        .append(i)
                        .append(",\"content_block\":{}}\n\n");
            }
            return events.toString();
        }

        private static String fields(String begin, String end, int number) {
            var events = new StringBuilder();
            for (int i = 0; i < number; i++) {
                events.append("data: {\"type\":\"message_delta\",\"delta\":{")
                        .append(begin)
                        .append("\"f")
                        .append(i)
                        .append("\":\"")
                        .append("x".repeat(1_000))
                        .append("\"")
                        .append(end)
                        .append("}}\n\n");
            }
            return events.toString();
        }

        private static Buffer packed(String begin, String piece, int times, String end) throws IOException {
            var packed = new Buffer();
            try (var gzip = Okio.buffer(new GzipSink(packed))) {
                gzip.writeUtf8(begin);
                for (int i = 0; i < times; i++) {
                    gzip.writeUtf8(piece);
                }
                gzip.writeUtf8(end);
            }
            return packed;
        }
    }
}
