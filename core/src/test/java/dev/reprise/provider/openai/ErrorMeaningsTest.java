package dev.reprise.provider.openai;

import static dev.reprise.provider.openai.OpenAiServer.ask;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.failure.GenerationFailure;
import dev.reprise.json.Json;
import dev.reprise.provider.ProviderReply.Failed;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the signs of errors mean, whatever status they come with, whole and streamed. */
class ErrorMeaningsTest {

    @StartStop
    final MockWebServer web = new MockWebServer();

    static Stream<ProviderFacts.Line> errors() {
        return ProviderFacts.of("error-meanings.txt");
    }

    @ParameterizedTest
    @MethodSource("errors")
    void everySignMeansWholeAndStreamedWhatTheTableSays(ProviderFacts.Line line) {
        int status = status(line.sign());
        var error = error(line.sign());
        var plain = OpenAiServer.plain(web)
                .answers(status == 0 ? 200 : status, Json.write(Map.of("error", error)))
                .failed()
                .failure();
        if (status > 0) {
            error.put("http_status", String.valueOf(status));
        }
        var streamed = ((Failed) new OpenAiServer(web, builder -> builder)
                        .answers(new MockResponse.Builder()
                                .setHeader("content-type", "text/event-stream")
                                .body("data: " + Json.write(Map.of("error", error)) + "\n\n"))
                        .call(ask("Go")))
                .failure();

        assertMeans(line.meaning(), plain);
        assertMeans(line.meaning(), streamed);
    }

    private static void assertMeans(String meaning, GenerationFailure failure) {
        var parts = meaning.toUpperCase(Locale.ROOT).split("/", -1);
        assertThat(failure.kind()).hasToString(parts[0]);
        assertThat(failure.blame()).hasToString(parts[1]);
        assertThat(failure.retryable())
                .isEqualTo(parts.length < 3 ? failure.kind().retryable() : parts[2].equals("RETRY"));
    }

    /** The status that the sign asks for; else one that says nothing of the kind; 0 for none. */
    private static int status(String sign) {
        return terms(sign)
                .filter(term -> term.startsWith("status "))
                .map(term -> term.substring(7))
                .map(status -> status.equals("none") ? 0 : Integer.parseInt(status))
                .findFirst()
                .orElse(418);
    }

    private static Stream<String> terms(String sign) {
        return Arrays.stream(sign.split(" & ", -1)).map(String::strip);
    }

    private static Map<String, Object> error(String sign) {
        var error = new LinkedHashMap<String, Object>();
        error.put("message", "Sorry");
        terms(sign).forEach(term -> {
            var value = term.substring(term.indexOf(' ') + 1);
            if (term.startsWith("code ")) {
                error.put("type", value);
            } else if (term.startsWith("says ")) {
                error.put("message", "Sorry: " + value.replace("*", " (x) ") + ", you know");
            } else if (term.startsWith("has ")) {
                var path = value.split("\\.", -1);
                error.put(path[0], path.length == 1 ? error.get("message") : Map.of(path[1], Map.of("k", "v")));
            }
        });
        if (error.containsKey("status_msg")) {
            error.put("status_msg", error.remove("message"));
        }
        return error;
    }
}
