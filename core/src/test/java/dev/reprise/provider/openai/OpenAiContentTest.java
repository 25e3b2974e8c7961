package dev.reprise.provider.openai;

import static dev.reprise.provider.openai.OpenAiServer.ask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.failure.FailureKind;
import dev.reprise.provider.ProviderReply.Completed;
import dev.reprise.provider.ProviderReply.Failed;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Content in every shape, of whole answers and of streams alike. */
class OpenAiContentTest {

    @StartStop
    final MockWebServer web = new MockWebServer();

    private OpenAiServer streaming(String... events) {
        return new OpenAiServer(web, builder -> builder)
                .answers(new MockResponse.Builder()
                        .setHeader("content-type", "text/event-stream")
                        .body(Stream.of(events)
                                .map(data -> "data: " + data + "\n\n")
                                .collect(Collectors.joining())));
    }

    private static String delta(String content) {
        return "{\"choices\":[{\"index\":0,\"delta\":{\"content\":" + content + "}}]}";
    }

    private static String end() {
        return "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";
    }

    @Test
    void partsAndPlainTextsOfOneStreamAreOneText() {
        var server = streaming(
                delta("[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"hm\"}]},"
                        + "{\"type\":\"text\",\"text\":\"It is \"}]"),
                delta("\"six \""),
                delta("\"o'clock\""),
                end(),
                "[DONE]");

        assertThat(server.completed().text()).isEqualTo("It is six o'clock");
        assertThat(server.control().deltas()).containsExactly("It is ", "six ", "o'clock");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"hi\"",
                "[{\"type\":\"text\",\"text\":\"hi\"}]",
                "[\"h\",\"i\"]",
                "[{\"type\":\"output_text\",\"text\":\"hi\"}]",
                "[{\"type\":\"hologram\",\"text\":\"hi\"}]",
                "{\"type\":\"text\",\"text\":\"hi\"}",
                "{\"parts\":[{\"text\":\"h\"},{\"text\":\"i\"}]}",
                "[{\"type\":\"text\",\"text\":{\"value\":\"hi\",\"annotations\":[]}}]",
                "[{\"type\":\"reasoning\",\"text\":\"hm\"},{\"type\":\"text\",\"text\":\"hi\"}]"
            })
    void contentIsReadAlikeWholeAndStreamed(String content) {
        var whole = OpenAiServer.plain(web)
                .answers(200, "{\"choices\":[{\"message\":{\"content\":" + content + "},\"finish_reason\":\"stop\"}]}")
                .completed();

        assertThat(whole.text()).isEqualTo("hi");
        assertThat(streaming(delta(content), end(), "[DONE]").completed().text())
                .isEqualTo("hi");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\" there\"}}]}",
                "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"hi there\"},\"finish_reason\":\"stop\"}]}",
                "{\"choices\":[{\"index\":0,\"text\":\" there\"}]}",
                "{\"choices\":[{\"delta\":{\"content\":\" there\"}}]}",
                "{\"choices\":[{\"index\":0,\"delta\":\" there\"}]}",
                "{\"message\":{\"role\":\"assistant\",\"content\":\" there\"},\"done\":false}",
                "{\"response\":\" there\"}"
            })
    void eventOfAnotherShapeInAStreamIsReadToo(String event) {
        var server = streaming(delta("\"hi\""), event, end(), "[DONE]");

        assertThat(server.completed().text()).isEqualTo("hi there");
    }

    @Test
    void choicesThatDoNotCountFromZeroAreRead() {
        var whole = OpenAiServer.plain(web)
                .answers(
                        200,
                        "{\"choices\":[{\"index\":1,\"message\":{\"content\":\"hi\"},\"finish_reason\":\"stop\"}]}");

        assertThat(whole.completed().text()).isEqualTo("hi");
    }

    @Test
    void contentThatCannotBeReadFailsTheCallAndIsNamed() {
        var failed = (Failed) streaming(delta("[{\"type\":\"hologram\",\"x\":1}]"), end(), "[DONE]")
                .call(ask("Go"));

        assertThat(failed.failure().kind()).isEqualTo(FailureKind.UNPARSEABLE);
        assertThat(failed.failure().message()).isEqualTo("the answer has no text that can be read, but hologram");
    }

    @Test
    void thinkingWithoutAnAnswerIsSaid() {
        var failed = (Failed) streaming(
                        "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\",\"reasoning_content\":\"hm\"}}]}",
                        end(),
                        "[DONE]")
                .call(ask("Go"));

        assertThat(failed.failure().message()).isEqualTo("the model has thought, and answered nothing");
    }

    @Test
    void streamWithoutAReasonIsTakenAsItIs() {
        assertThat(((Completed) streaming(delta("\"hi\""), "[DONE]").call(ask("Go"))).text())
                .isEqualTo("hi");
    }
}
