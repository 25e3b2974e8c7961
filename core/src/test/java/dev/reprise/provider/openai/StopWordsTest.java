package dev.reprise.provider.openai;

import static dev.reprise.provider.openai.OpenAiServer.ask;
import static dev.reprise.provider.openai.OpenAiServer.completion;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.failure.FailureKind;
import dev.reprise.generation.StopReason;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderReply.Completed;
import dev.reprise.provider.ProviderReply.Failed;
import dev.reprise.provider.StopRules;
import java.util.Locale;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What providers' words for the end of an answer make of it, whole and streamed. */
class StopWordsTest {

    @StartStop
    final MockWebServer web = new MockWebServer();

    static Stream<ProviderFacts.Line> words() {
        return ProviderFacts.of("stop-words.txt");
    }

    private static String chunk(String text, String finish) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"},\"finish_reason\":" + finish
                + "}]}\n\n";
    }

    private static MockResponse.Builder stream(String... chunks) {
        return new MockResponse.Builder()
                .setHeader("content-type", "text/event-stream")
                .body(String.join("", chunks) + "data: [DONE]\n\n");
    }

    private ProviderReply streamed(String... chunks) {
        return new OpenAiServer(web, builder -> builder).answers(stream(chunks)).call(ask("Go"));
    }

    private static ProviderReply judged(ProviderReply reply) {
        return reply instanceof Completed completed ? StopRules.apply(completed) : reply;
    }

    @ParameterizedTest
    @MethodSource("words")
    void everyWordMeansWholeAndStreamedWhatTheTableSays(ProviderFacts.Line line) {
        var word = line.sign();
        var server = OpenAiServer.plain(web)
                .answers(200, completion(word, "text"))
                .answers(200, completion(word.toUpperCase(Locale.ROOT), "text"));

        for (ProviderReply reply : new ProviderReply[] {
            server.call(ask("Go")),
            server.call(ask("Go")),
            streamed(chunk("text", "null"), chunk("", "\"" + word + "\""))
        }) {
            assertMeans(StopReason.valueOf(line.meaning()), reply);
        }
    }

    private static void assertMeans(StopReason meaning, ProviderReply reply) {
        if (meaning == StopReason.PAUSE) {
            assertThat(reply).isInstanceOf(ProviderReply.Again.class);
            return;
        }
        if (reply instanceof Completed completed) {
            assertThat(completed.stopReason()).isEqualTo(meaning);
        }
        var judged = judged(reply);
        if (meaning == StopReason.END || meaning == StopReason.STOP_SEQUENCE) {
            assertThat(judged).isInstanceOf(Completed.class);
            return;
        }
        var failed = (Failed) judged;
        assertThat(failed.text()).isEqualTo("text");
        assertThat(failed.failure().kind())
                .isEqualTo(
                        switch (meaning) {
                            case MAX_TOKENS, CONTEXT_WINDOW -> FailureKind.TRUNCATED;
                            case REFUSAL -> FailureKind.REFUSED;
                            case TOOL_USE -> FailureKind.INVALID_REQUEST;
                            default -> FailureKind.SERVER;
                        });
        assertThat(failed.failure().retryable()).isEqualTo(meaning == StopReason.INTERRUPTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"abort", "aborted", "insufficient_system_resource", "engine_error", "client-cancelled", "Timeout"
            })
    void interruptionIsARetryableFailureThatKeepsTheTextAndTheWord(String word) {
        var failed = (Failed) judged(streamed(chunk("half ", "null"), chunk("of it", "\"" + word + "\"")));

        assertThat(failed.failure().kind()).isEqualTo(FailureKind.SERVER);
        assertThat(failed.failure().retryable()).isTrue();
        assertThat(failed.failure().code()).isEqualTo(word);
        assertThat(failed.text()).isEqualTo("half of it");
    }

    @ParameterizedTest
    @CsvSource({
        "length, '', MAX_TOKENS, length",
        "length, banana, MAX_TOKENS, length",
        "stop, banana, END, stop",
        "length, stop, MAX_TOKENS, length",
        "stop, length, MAX_TOKENS, length",
        "banana, stop, END, stop",
        "MAX_TOKENS, null, MAX_TOKENS, MAX_TOKENS"
    })
    void laterWordUndoesNothingUnlessItKnowsBetter(String first, String later, StopReason reason, String word) {
        var reply = (Completed)
                streamed(chunk("a", "\"" + first + "\""), chunk("b", "\"" + later + "\""), chunk("c", "null"));

        assertThat(reply.stopReason()).isEqualTo(reason);
        assertThat(reply.rawStopReason()).isEqualTo(word);
        assertThat(reply.text()).isEqualTo("abc");
    }

    @Test
    void wordBehindAGatewaysIsTakenWhereTheGatewaysIsNone() {
        var server = OpenAiServer.plain(web)
                .answers(
                        200,
                        "{\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":null,"
                                + "\"native_finish_reason\":\"MAX_TOKENS\"}]}");

        assertThat(server.completed().stopReason()).isEqualTo(StopReason.MAX_TOKENS);
    }

    @Test
    void wordInAnObjectIsRead() {
        var server = OpenAiServer.plain(web)
                .answers(
                        200,
                        "{\"choices\":[{\"message\":{\"content\":\"a\"},"
                                + "\"finish_reason\":{\"type\":\"abort\",\"message\":\"x\"}}]}");

        assertThat(server.completed().stopReason()).isEqualTo(StopReason.INTERRUPTED);
    }
}
