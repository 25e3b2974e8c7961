package dev.reprise.examples.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.examples.Ran;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CallTest {

    private static final String ANSWER = """
            {"id":"msg_1","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"Grüße"}],\
            "stop_reason":"end_turn","usage":{"input_tokens":11,"output_tokens":7}}""";

    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void anAnswerShowsTextUsageAttemptsAndWhatWasSent() {
        server.enqueue(answer());

        assertThat(call(line("\"temperature\":0.5,\"maxOutputTokens\":100"))).containsExactly("""
                        {"state":"SUCCEEDED","text":"Grüße","stopReason":"end","requestId":"req_1",\
                        "usage":{"input":11,"output":7},\
                        "attempts":[{"outcome":"succeeded","kind":null,"blame":null,"status":null,"code":null,\
                        "requestId":"req_1","delayMs":null,"retryAfterMs":null}],\
                        "failure":null,"sent":{"max_tokens":100,"temperature":0.5}}""");
    }

    @Test
    void attemptsShowTheirFailuresAndWaits() {
        server.enqueue(error(529, "overloaded_error")
                .newBuilder()
                .addHeader("request-id", "req_0")
                .build());
        server.enqueue(error(429, "rate_limit_error")
                .newBuilder()
                .addHeader("retry-after-ms", "30")
                .build());
        server.enqueue(answer());

        assertThat(call(line("\"retryDelays\":[\"0.05s\",\"0s\"]")).get(0)).contains("""
                        "attempts":[\
                        {"outcome":"failed","kind":"overloaded","blame":"provider","status":529,\
                        "code":"overloaded_error","requestId":"req_0","delayMs":50,"retryAfterMs":null},\
                        {"outcome":"failed","kind":"rate_limited","blame":"provider","status":429,\
                        "code":"rate_limit_error","requestId":null,"delayMs":30,"retryAfterMs":30},\
                        {"outcome":"succeeded",""");
    }

    @Test
    void theLastFailureIsShownWhenTheWaitsAreUsedUp() {
        server.enqueue(error(500, "api_error"));

        var answer = call(line("\"retryDelays\":[]")).get(0);

        assertThat(answer)
                .startsWith("{\"state\":\"FAILED\",\"text\":null,\"stopReason\":null,")
                .contains("\"failure\":{\"kind\":\"server\",\"blame\":\"provider\",\"retryable\":true,\"status\":500,")
                .contains("\"message\":\"HTTP 500 api_error: ");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aTruncatedAnswerIsAFailureThatKeepsItsText() {
        server.enqueue(new MockResponse.Builder()
                .body(ANSWER.replace("end_turn", "max_tokens"))
                .build());

        assertThat(call(line("\"retryDelays\":[\"0s\"]")).get(0))
                .startsWith("{\"state\":\"FAILED\",\"text\":\"Grüße\",\"stopReason\":\"max_tokens\",")
                .contains("\"failure\":{\"kind\":\"truncated\",\"blame\":\"caller\",\"retryable\":false,")
                .contains("\"code\":\"max_tokens\"");
    }

    @Test
    void aDeadlineInAWaitEndsIt() {
        server.enqueue(error(500, "api_error"));

        assertThat(call(line("\"retryDelays\":[\"1h\"],\"deadline\":\"5s\"")).get(0))
                .startsWith("{\"state\":\"FAILED\"")
                .contains(
                        "\"failure\":{\"kind\":\"deadline\",\"blame\":\"caller\",\"retryable\":false,\"status\":500,");
    }

    @Test
    void allOfALineIsSent() throws InterruptedException {
        server.enqueue(answer());

        call(
                line(
                        "\"system\":\"Be brief.\",\"anthropicVersion\":\"2026-10-21\",\"extraBody\":{\"metadata\":{\"user_id\":7}},"
                                + "\"images\":[\"data:image/png;base64,AQID\",{\"mediaType\":\"image/gif\",\"data\":\"AQID\"},"
                                + "\"https://example.org/a.png\"],\"attemptTimeout\":\"8s\",\"idleTimeout\":\"2m\",\"stream\":null"));

        var request = server.takeRequest();
        assertThat(request.getTarget()).isEqualTo("/v1/messages");
        assertThat(request.getHeaders().get("x-api-key")).isEqualTo("sk-very-secret");
        assertThat(request.getHeaders().get("anthropic-version")).isEqualTo("2026-10-21");
        assertThat(request.getBody().utf8())
                .contains("\"system\":\"Be brief.\"", "\"metadata\":{\"user_id\":7}", "\"media_type\":\"image/png\"")
                .contains("\"media_type\":\"image/gif\"", "\"url\":\"https://example.org/a.png\"")
                .doesNotContain("\"stream\"");
    }

    @Test
    void badLinesAreAnsweredInTheirPlaceAndShowNoKeys() {
        server.enqueue(answer());

        assertThat(call(
                        "{\"apiKey\":\"sk-very-secret\" oops",
                        "[1]",
                        "",
                        "{\"provider\":\"gemini\"}",
                        line("\"temprature\":\"sk-very-secret\""),
                        line("\"apiKey\":7,\"retryDelays\":[\"soon\"]"),
                        line("\"retryDelays\":[\"soon\"]"),
                        line("\"temperature\":3"),
                        line("\"maxOutputTokens\":1.5"),
                        line("\"images\":[\"data:image/tiff;base64,AQID\"]"),
                        line("\"baseUrl\":\"ftp://sk-very-secret\""),
                        line("\"prompt\":\" \""),
                        line("\"model\":null"),
                        line("\"stream\":\"yes\""),
                        line("")))
                .satisfiesExactly(
                        at -> assertThat(at)
                                .startsWith("{\"error\":{\"field\":\"line\",\"value\":\"1\",\"message\":\"a line"),
                        at -> assertThat(at).contains("a line must be a JSON object: it is JSON, but no object"),
                        at -> assertThat(at)
                                .contains(
                                        "provider must be one of anthropic, openai, openrouter, ollama, vllm: gemini"),
                        at -> assertThat(at)
                                .startsWith(
                                        "{\"error\":{\"field\":\"temprature\",\"value\":\"***\",\"message\":\"temprature is not known"),
                        at -> assertThat(at)
                                .contains(
                                        "{\"field\":\"apiKey\",\"value\":\"***\",\"message\":\"apiKey must be a text: ***\"}"),
                        at -> assertThat(at)
                                .isEqualTo("{\"error\":{\"field\":\"retryDelays\",\"value\":\"soon\","
                                        + "\"message\":\"retryDelays must be a duration, as 0.1s, 8s or 2m: soon\"}}"),
                        at -> assertThat(at).contains("{\"field\":\"temperature\",\"value\":\"3.0\","),
                        at -> assertThat(at).contains("maxOutputTokens must be a whole number: 1.5"),
                        at -> assertThat(at).contains("image/tiff"),
                        at -> assertThat(at).contains("\"field\":\"baseUrl\""),
                        at -> assertThat(at).contains("\"field\":\"prompt\"", "must not be blank"),
                        at -> assertThat(at).contains("model must be given"),
                        at -> assertThat(at).contains("stream must be true or false: yes"),
                        at -> assertThat(at).contains("\"state\":\"SUCCEEDED\""))
                .noneMatch(at -> at.contains("very-secret"));
    }

    @Test
    void answersKeepTheOrderOfTheLinesWhoeverIsDoneFirst() {
        var secondIsDone = new CountDownLatch(1);
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                if (request.getBody().utf8().contains("first")) {
                    assertThat(secondIsDone.await(30, TimeUnit.SECONDS)).isTrue();
                    return answer();
                }
                secondIsDone.countDown();
                return new MockResponse.Builder()
                        .body(ANSWER.replace("Grüße", "two"))
                        .build();
            }
        });
        var first = line("").replace("\"Hi\"", "\"first\"");

        assertThat(Ran.in(Map.of(), first + "\n" + line("") + "\n", "call", "--jsonl", "--parallel", "2")
                        .lines())
                .satisfiesExactly(
                        at -> assertThat(at).contains("\"text\":\"Grüße\""),
                        at -> assertThat(at).contains("\"text\":\"two\""));
    }

    @Test
    void answersComeWhileMoreLinesMayFollow() throws IOException {
        server.enqueue(answer());
        server.enqueue(answer());
        var lines = new PipedOutputStream();
        try (var in = new PipedInputStream(lines);
                var answers = new PipedInputStream(1 << 16);
                var out = new PrintStream(new PipedOutputStream(answers), false, StandardCharsets.UTF_8)) {
            var reader = new BufferedReader(new InputStreamReader(answers, StandardCharsets.UTF_8));
            var ended = CompletableFuture.supplyAsync(() -> piped(in, out));
            for (int i = 0; i < 2; i++) {
                lines.write((line("") + "\n").getBytes(StandardCharsets.UTF_8));
                lines.flush();
                assertThat(reader.readLine()).contains("\"state\":\"SUCCEEDED\"");
                assertThat(ended).isNotDone();
            }
            lines.close();
            assertThat(ended.join()).isTrue();
        }
    }

    private static boolean piped(PipedInputStream in, PrintStream out) {
        try {
            return new Pipeline(1, new Caller()::answer)
                    .run(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)), out);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> call(String... lines) {
        var ran = Ran.in(Map.of(), String.join("\n", lines) + "\n", "call", "--jsonl");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exitCode()).isZero();
        return ran.lines();
    }

    /** A line that is right, with more fields; a field given again wins. */
    private String line(String more) {
        return "{\"provider\":\"anthropic\",\"baseUrl\":\"" + server.url("/") + "\",\"apiKey\":\"sk-very-secret\","
                + "\"model\":\"m\",\"prompt\":\"Hi\"" + (more.isEmpty() ? "" : "," + more) + "}";
    }

    private static MockResponse answer() {
        return new MockResponse.Builder()
                .addHeader("request-id", "req_1")
                .body(ANSWER)
                .build();
    }

    private static MockResponse error(int status, String type) {
        return new MockResponse.Builder()
                .code(status)
                .body("{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"no\"}}")
                .build();
    }
}
