package dev.reprise.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.Usage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens as the servers of this face count them. */
class ChatUsageTest {

    @StartStop
    final MockWebServer web = new MockWebServer();

    private Usage whole(String usage) {
        return OpenAiServer.plain(web)
                .answers(
                        200,
                        "{\"choices\":[{\"message\":{\"content\":\"hi\"},\"finish_reason\":\"stop\"}],\"usage\":"
                                + usage + "}")
                .completed()
                .exchange()
                .usage();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // OpenAI: cached within the prompt, reasoning within the completion
                "{\"prompt_tokens\":100,\"completion_tokens\":50,\"total_tokens\":150,\"prompt_tokens_details\":"
                        + "{\"cached_tokens\":40},\"completion_tokens_details\":{\"reasoning_tokens\":30}};"
                        + " 60; 50; 40; 0; 30",
                // Gemini: thoughts only in the total
                "{\"prompt_tokens\":100,\"completion_tokens\":50,\"total_tokens\":950}; 100; 850; 0; 0; 800",
                // xAI: reasoning beside the completion
                "{\"prompt_tokens\":32,\"completion_tokens\":9,\"total_tokens\":135,\"prompt_tokens_details\":"
                        + "{\"cached_tokens\":8},\"completion_tokens_details\":{\"reasoning_tokens\":94}};"
                        + " 24; 103; 8; 0; 94",
                // the same without a total
                "{\"prompt_tokens\":32,\"completion_tokens\":9,\"completion_tokens_details\":{\"reasoning_tokens\":94}};"
                        + " 32; 103; 0; 0; 94",
                // DeepSeek
                "{\"prompt_tokens\":100,\"completion_tokens\":50,\"total_tokens\":150,\"prompt_cache_hit_tokens\":64,"
                        + "\"prompt_cache_miss_tokens\":36}; 36; 50; 64; 0; 0",
                // a gateway before Anthropic: the cache beside the prompt
                "{\"prompt_tokens\":3,\"completion_tokens\":50,\"total_tokens\":2053,\"cache_read_input_tokens\":1500,"
                        + "\"cache_creation_input_tokens\":500}; 3; 50; 1500; 500; 0",
                // the names of the Responses API
                "{\"input_tokens\":10,\"output_tokens\":20,\"total_tokens\":30}; 10; 20; 0; 0; 0",
                "{\"prompt_tokens\":-1,\"completion_tokens\":null}; 0; 0; 0; 0; 0"
            })
    void countsAreKeptApartAndAddUp(String usage, long input, long output, long read, long written, long reasoning) {
        assertThat(whole(usage)).isEqualTo(new Usage(input, output, read, written, reasoning));
    }

    @Test
    void countNeverFalls() {
        var events = Stream.of(
                        "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"}}],"
                                + "\"usage\":{\"prompt_tokens\":15,\"completion_tokens\":1,\"total_tokens\":16}}",
                        "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],"
                                + "\"usage\":{\"prompt_tokens\":15,\"completion_tokens\":2,\"total_tokens\":17}}",
                        "{\"choices\":[],\"usage\":{\"prompt_tokens\":0,\"completion_tokens\":0,\"total_tokens\":0}}",
                        "[DONE]")
                .map(data -> "data: " + data + "\n\n")
                .collect(Collectors.joining());
        var reply = new OpenAiServer(web, builder -> builder)
                .answers(new MockResponse.Builder()
                        .setHeader("content-type", "text/event-stream")
                        .body(events))
                .completed();

        assertThat(reply.exchange().usage()).isEqualTo(Usage.of(15, 2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\",\"usage\":{\"prompt_tokens\":5,"
                        + "\"completion_tokens\":6}}]}",
                "{\"choices\":[],\"x_groq\":{\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":6}}}"
            })
    void countsInOtherPlacesAreRead(String event) {
        var reply = new OpenAiServer(web, builder -> builder)
                .answers(new MockResponse.Builder()
                        .setHeader("content-type", "text/event-stream")
                        .body("data: {\"choices\":[{\"delta\":{\"content\":\"hi\"}}]}\n\ndata: " + event
                                + "\n\ndata: [DONE]\n\n"))
                .completed();

        assertThat(reply.exchange().usage()).isEqualTo(Usage.of(5, 6));
    }
}
