package dev.reprise.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.Blame;
import dev.reprise.failure.FailureKind;
import dev.reprise.failure.InvalidRequestException;
import dev.reprise.json.Json;
import dev.reprise.provider.ProviderReply;
import java.io.IOException;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers that would take more memory than one answer may, whatever they are made of. */
class OpenAiLargeAnswerTest {

    private static final long MEMORY = 1 << 20;
    private static final String EVENT_STREAM = "text/event-stream";

    @StartStop
    final MockWebServer web = new MockWebServer();

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of("a long text", "application/json", OpenAiServer.completion("stop", "x".repeat(700_000))),
                Arguments.of("a tree of little", "application/json", "{\"choices\":[{}" + ",{}".repeat(10_000) + "]}"),
                Arguments.of("a list of numbers", "application/json", "{\"a\":[1" + ",1".repeat(20_000) + "]}"),
                Arguments.of("names", "application/json", "{\"a\":1" + ",\"b\":2".repeat(6_000) + "}"),
                Arguments.of("one long line", EVENT_STREAM, "data: " + "x".repeat(700_000)),
                Arguments.of("a long comment", EVENT_STREAM, ": " + "x".repeat(700_000)),
                Arguments.of("many lines of one event", EVENT_STREAM, "data: x\n".repeat(200_000)),
                Arguments.of(
                        "an event that is a tree of little",
                        EVENT_STREAM,
                        "data: {\"choices\":[{}" + ",{}".repeat(10_000) + "]}\n\n"),
                Arguments.of(
                        "a refusal in pieces",
                        EVENT_STREAM,
                        chunk("refusal", "x".repeat(1_000)).repeat(600)),
                Arguments.of("blanks", "application/json", " ".repeat(2 << 20) + "{}"),
                Arguments.of("blank lines", EVENT_STREAM, "\n".repeat(2 << 20)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void answerIsFinalAndTooLarge(String what, String type, String body) {
        assertTooLarge(server().answers(answer(type).body(body)).failed());
    }

    @ParameterizedTest(name = "{0}, compressed")
    @MethodSource("bodies")
    void compressedAnswerIsFinalAndTooLarge(String what, String type, String body) throws IOException {
        var packed = new Buffer();
        try (var gzip = Okio.buffer(new GzipSink(packed))) {
            gzip.writeUtf8(body);
        }

        assertTooLarge(server().answers(
                        answer(type).setHeader("content-encoding", "gzip").body(packed))
                .failed());
    }

    @Test
    void textOfAStreamThatIsTooLargeIsKeptUpToThere() {
        var piece = "\ud83d\ude00".repeat(500);

        var failed = server().answers(
                        answer(EVENT_STREAM).body(chunk("content", piece).repeat(600)))
                .failed();

        assertTooLarge(failed);
        assertThat(failed.text()).startsWith(piece).hasSizeBetween(400_000, 1_000_000);
        assertThat(failed.text().length() % piece.length()).isZero();
    }

    @Test
    void keptTextHasAtMostAMillionCharactersAndEndsWithAWholeOne() {
        var piece = "x" + "\ud83d\ude00".repeat(500);
        var large = new OpenAiServer(web, builder -> builder.maxAnswerMemory(8 << 20));

        var failed = large.answers(
                        answer(EVENT_STREAM).body(chunk("content", piece).repeat(9_000)))
                .failed();

        assertTooLarge(failed);
        assertThat(failed.text()).hasSizeBetween(999_999, 1_000_000);
        assertThat(Character.isHighSurrogate(failed.text().charAt(failed.text().length() - 1)))
                .isFalse();
    }

    @Test
    void errorThatIsTooLargeIsStillTheErrorItsStatusSays() {
        var failure = server().answers(answer("text/plain").code(503).body("busy " + "x ".repeat(1_000_000)))
                .failed()
                .failure();

        assertThat(failure.kind()).isEqualTo(FailureKind.OVERLOADED);
        assertThat(failure.message()).startsWith("HTTP 503: busy x x");
    }

    @Test
    void usualAnswerFits() {
        var text = "word ".repeat(20_000);

        assertThat(server().answers(200, OpenAiServer.completion("stop", text))
                        .completed()
                        .text())
                .isEqualTo(text);
        var stream = chunk("content", "word ").repeat(20_000)
                + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
        assertThat(server().answers(answer(EVENT_STREAM).body(stream))
                        .completed()
                        .text())
                .isEqualTo(text);
    }

    @Test
    void boundOutOfRangeIsRefusedByTheBuilder() {
        assertThatThrownBy(() -> OpenAiProvider.builder().maxAnswerMemory(1_000))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("maxAnswerMemory must be 65536 to 1073741824 bytes: 1000");
    }

    private OpenAiServer server() {
        return new OpenAiServer(web, builder -> builder.maxAnswerMemory(MEMORY));
    }

    private static MockResponse.Builder answer(String type) {
        return new MockResponse.Builder().setHeader("content-type", type);
    }

    private static String chunk(String field, String text) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"" + field + "\":" + Json.write(text) + "}}]}\n\n";
    }

    private static void assertTooLarge(ProviderReply.Failed failed) {
        assertThat(failed.failure().message()).startsWith("an answer that ");
        assertThat(failed.failure().kind()).isEqualTo(FailureKind.TOO_LARGE);
        assertThat(failed.failure().blame()).isEqualTo(Blame.PROVIDER);
        assertThat(failed.failure().retryable()).isFalse();
    }
}
