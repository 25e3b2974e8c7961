package dev.reprise.provider.openai;

import static dev.reprise.provider.openai.OpenAiServer.ask;
import static dev.reprise.provider.openai.OpenAiServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.failure.Blame;
import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.provider.ProviderReply.Failed;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors in every place and shape, and what is none. */
class StatedErrorsTest {

    private static final String HI = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"}}]}\n\n";

    @StartStop
    final MockWebServer web = new MockWebServer();

    private static MockResponse.Builder stream(String body) {
        return new MockResponse.Builder()
                .setHeader("content-type", "text/event-stream")
                .body(body);
    }

    private Failed streamed(String body) {
        return (Failed)
                new OpenAiServer(web, builder -> builder).answers(stream(body)).call(ask("Go"));
    }

    private GenerationFailure plain(int status, String body) {
        return OpenAiServer.plain(web).answers(status, body).failed().failure();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "error: {\"code\":429,\"message\":\"slower\"}\n\n",
                "error: {\"code\":429,\"message\":\"slower\"}",
                "{\"error\":{\"code\":429,\"message\":\"slower\"}}\n",
                "{\n  \"error\": {\n    \"code\": 429,\n    \"message\": \"slower\"\n  }\n}\n",
                "[{\"error\":{\"code\":429,\"message\":\"slower\"}}]\n\n",
                "data: [{\"error\":{\"code\":429,\"message\":\"slower\"}}]\n\n",
                "data: {\"code\":429,\"message\":\"slower\"}\n\n",
                "data: {\"error\":{\"code\":429,\"message\":\"slower\"}}",
                "event: error\ndata: {\"status\":429,\"message\":\"slower\"}\n\n",
                "data: {\"errors\":[{\"code\":\"429\",\"message\":\"slower\"}]}\n\n",
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"error\":{\"code\":429,\"message\":\"slower\"}}}]}\n\n"
            })
    void errorInMidStreamIsReadWhereverItStands(String error) {
        var failed = streamed(HI + error);

        assertThat(failed.failure().kind()).isEqualTo(FailureKind.RATE_LIMITED);
        assertThat(failed.failure().message()).contains("slower");
        assertThat(failed.text()).isEqualTo("hi");
    }

    @Test
    void errorInPlainWordsIsShown() {
        var failed = streamed(HI + "event: error\ndata: upstream exploded\n\n");

        assertThat(failed.failure().kind()).isEqualTo(FailureKind.SERVER);
        assertThat(failed.failure().message()).isEqualTo("HTTP 200: upstream exploded");
        assertThat(failed.text()).isEqualTo("hi");
    }

    @Test
    void wordsThatAreNoEventAreShownWhenTheStreamBreaksOff() {
        assertThat(streamed(HI + "upstream connect error\n").failure().message())
                .isEqualTo("the stream ended before its end: upstream connect error");
        assertThat(streamed(HI + "data: Internal Server Error\n\n").failure().message())
                .isEqualTo("an event of the stream is not JSON: Internal Server Error");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"code\":429,\"message\":\"slower\"}",
                "[{\"error\":{\"code\":429,\"message\":\"slower\",\"status\":\"RESOURCE_EXHAUSTED\"}}]",
                "{\"error\":{\"message\":\"{\\n \\\"error\\\": {\\n \\\"code\\\": 429, \\\"message\\\": \\\"slower\\\"}}\"}}",
                "{\"statusCode\":429,\"message\":\"slower\"}",
                "{\"base_resp\":{\"status_code\":1002,\"status_msg\":\"rate limit: slower\"},\"choices\":null}",
                "{\"error\":{\"code\":429},\"message\":{\"detail\":[{\"msg\":\"slower\"}]},\"detail\":\"slower\"}"
            })
    void successWhoseBodyIsAnErrorIsOne(String body) {
        var failure = ((Failed) new OpenAiServer(web, builder -> builder)
                        .answers(stream(body))
                        .call(ask("Go")))
                .failure();

        assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "false", "null", "\"\"", "[]", "0", "{\"code\":0,\"message\":\"\"}", "{\"code\":null}"})
    void emptyErrorBesideAGoodAnswerIsNone(String error) {
        var body = "{\"error\":" + error + ",\"choices\":[{\"index\":0,\"message\":{\"content\":\"hi\"},"
                + "\"finish_reason\":\"stop\"}]}";
        var chunk = "data: {\"error\":" + error + ",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"},"
                + "\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

        assertThat(OpenAiServer.plain(web).answers(200, body).completed().text())
                .isEqualTo("hi");
        assertThat(new OpenAiServer(web, builder -> builder)
                        .answers(stream(chunk))
                        .completed()
                        .text())
                .isEqualTo("hi");
    }

    @Test
    void webPageInThePlaceOfAnAnswerIsShownByItsWords() {
        var page = "<html><head><title>Log in to Hotel Wifi</title></head><body>Room number?</body></html>";

        assertThat(plain(200, page).message()).contains("Log in to Hotel Wifi Room number?");
        assertThat(streamed(page).failure().message()).contains("Log in to Hotel Wifi");
    }

    @ParameterizedTest
    @CsvSource({
        "ISO-8859-1, text/html; charset=iso-8859-1",
        "windows-1252, text/plain;charset=\"windows-1252\"",
        "UTF-8, text/html; charset=iso-8859-1",
        "UTF-8, application/json",
        "UTF-16LE, application/json; charset=utf-16",
        "UTF-16BE, application/json"
    })
    void textIsDecodedAsItIs(String charset, String type) {
        var body = type.startsWith("application/json") ? "{\"error\":{\"message\":\"überlastet\"}}" : "überlastet";
        var failure = OpenAiServer.plain(web)
                .answers(new MockResponse.Builder()
                        .code(503)
                        .setHeader("content-type", type)
                        .body(new Buffer().writeString(body, Charset.forName(charset))))
                .failed()
                .failure();

        assertThat(failure.message()).isEqualTo("HTTP 503: überlastet");
    }

    @Test
    void byteOrderMarkBeforeAJsonAnswerIsPassedOver() {
        var server = OpenAiServer.plain(web)
                .answers(new MockResponse.Builder()
                        .body(new Buffer()
                                .writeString(
                                        "\uFEFF" + OpenAiServer.completion("stop", "grün"), StandardCharsets.UTF_8)));

        assertThat(server.completed().text()).isEqualTo("grün");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"error\":{\"message\":\"m\",\"details\":[{\"@type\":\"RetryInfo\",\"retryDelay\":\"38s\"}]}}; PT38S",
                "[{\"error\":{\"message\":\"m\",\"details\":[{\"retryDelay\":\"1.5s\"}]}}]; PT1.5S",
                "{\"error\":{\"message\":\"Rate limit reached. Please try again in 1m2.5s. Visit us\"}}; PT1M2.5S",
                "{\"error\":{\"message\":\"Please retry after 26 seconds.\"}}; PT26S",
                "{\"error\":{\"message\":\"try again in 720ms\"}}; PT0.72S",
                "{\"error\":{\"message\":\"m\",\"metadata\":{\"headers\":{\"Retry-After\":\"9\"}}}}; PT9S"
            })
    void waitIsReadFromTheBodyToo(String body, Duration wait) {
        var failure = plain(429, body);

        assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
        assertThat(failure.retryAfter()).isEqualTo(wait);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "429; {\"error\":{\"message\":\"Request too large for gpt-4o in organization org-x on tokens per min"
                        + " (TPM): Limit 30000, Requested 31538.\",\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\"}}",
                "400; {\"error\":{\"message\":\"This model's maximum context length is 8192 tokens.\","
                        + "\"code\":\"context_length_exceeded\"}}",
                "400; {\"object\":\"error\",\"message\":\"This model's maximum context length is 8192 tokens. However,"
                        + " you requested 9000\",\"type\":\"BadRequestError\",\"code\":400}"
            })
    void requestThatNoWaitMakesSmallerIsTheCallersToShorten(int status, String body) {
        var failure = OpenAiServer.plain(web)
                .answers(json(status, body).setHeader("x-should-retry", "true"))
                .failed()
                .failure();

        assertThat(failure.kind()).isEqualTo(FailureKind.TOO_LARGE);
        assertThat(failure.blame()).isEqualTo(Blame.CALLER);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.message()).contains("shorten the request");
    }

    @Test
    void proxyThatWantsAPasswordIsTheOperatorsMatter() {
        var failure = plain(407, "<html>Proxy Authentication Required</html>");

        assertThat(failure.kind()).isEqualTo(FailureKind.AUTH);
        assertThat(failure.blame()).isEqualTo(Blame.OPERATOR);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.status()).isEqualTo(407);
        assertThat(failure.message()).isEqualTo("HTTP 407: Proxy Authentication Required");
    }
}
