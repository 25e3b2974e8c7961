package dev.reprise.provider.anthropic;

import static dev.reprise.provider.anthropic.AnthropicServer.KEY;
import static dev.reprise.provider.anthropic.AnthropicServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.failure.Blame;
import dev.reprise.failure.FailureKind;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Anthropic's errors mean, wherever they stand. */
class AnthropicFailureTest {

    @StartStop
    final MockWebServer web = new MockWebServer();

    private static String error(String type, String message) {
        return "{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"" + message
                + "\"},\"request_id\":\"req_body\"}";
    }

    @ParameterizedTest
    @CsvSource({
        "400, INVALID_REQUEST, CALLER, false",
        "401, AUTH, OPERATOR, false",
        "402, QUOTA, OPERATOR, false",
        "403, AUTH, OPERATOR, false",
        "404, INVALID_REQUEST, CALLER, false",
        "405, INVALID_REQUEST, CALLER, false",
        "408, TIMEOUT, PROVIDER, true",
        "409, SERVER, PROVIDER, true",
        "413, TOO_LARGE, CALLER, false",
        "422, INVALID_REQUEST, CALLER, false",
        "429, RATE_LIMITED, PROVIDER, true",
        "500, SERVER, PROVIDER, true",
        "502, SERVER, PROVIDER, true",
        "503, OVERLOADED, PROVIDER, true",
        "504, TIMEOUT, PROVIDER, true",
        "524, TIMEOUT, PROVIDER, true",
        "529, OVERLOADED, PROVIDER, true"
    })
    void statusDecidesKindBlameAndRetry(int status, FailureKind kind, Blame blame, boolean retryable) {
        var failure = new AnthropicServer(web)
                .answers(status, error("some_error", "because"))
                .failed()
                .failure();

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.blame()).isEqualTo(blame);
        assertThat(failure.retryable()).isEqualTo(retryable);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.code()).isEqualTo("some_error");
        assertThat(failure.requestId()).isEqualTo("req_body");
        var asked = status == 404 ? " from " + web.url("/v1/messages") : "";
        assertThat(failure.message()).isEqualTo("HTTP " + status + asked + " some_error: because");
        assertThat(web.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "invalid_request_error, INVALID_REQUEST",
        "authentication_error, AUTH",
        "billing_error, QUOTA",
        "permission_error, AUTH",
        "not_found_error, INVALID_REQUEST",
        "conflict_error, SERVER",
        "request_too_large, TOO_LARGE",
        "rate_limit_error, RATE_LIMITED",
        "api_error, SERVER",
        "timeout_error, TIMEOUT",
        "overloaded_error, OVERLOADED",
        "brand_new_error, SERVER"
    })
    void errorInsideASuccessGoesByItsType(String type, FailureKind kind) {
        var failure = new AnthropicServer(web)
                .answers(200, error(type, "because"))
                .failed()
                .failure();

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.status()).isEqualTo(200);
        assertThat(failure.code()).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({
        "enforced_spend_limit_reached, QUOTA, OPERATOR, false",
        "contract_spend_limit_reached, QUOTA, OPERATOR, false",
        "ramp_limit_exceeded, RATE_LIMITED, PROVIDER, true"
    })
    void detailedCodeTellsBillingFromPace(String code, FailureKind kind, Blame blame, boolean retryable) {
        var failure = new AnthropicServer(web)
                .answers(
                        429,
                        "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"m\","
                                + "\"details\":{\"error_code\":\"" + code + "\"}}}")
                .failed()
                .failure();

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.blame()).isEqualTo(blame);
        assertThat(failure.retryable()).isEqualTo(retryable);
    }

    @ParameterizedTest
    @CsvSource({"400, true", "500, false", "429, false", "200, false"})
    void shouldRetryHeaderWins(int status, boolean retry) {
        var failure = new AnthropicServer(web)
                .answers(json(status, error("api_error", "m")).setHeader("x-should-retry", retry))
                .failed()
                .failure();

        assertThat(failure.retryable()).isEqualTo(retry);
    }

    @Test
    void zeroWaitIsNotTakenUpByTheHttpClient() {
        var failure = new AnthropicServer(web)
                .answers(json(503, error("api_error", "m")).setHeader("retry-after", "0"))
                .failed()
                .failure();

        assertThat(failure.retryAfter()).isEqualTo(Duration.ZERO);
        assertThat(web.getRequestCount()).isEqualTo(1);
    }

    @Test
    void htmlPageIsCutDownToItsWords() {
        var failure = new AnthropicServer(web)
                .answers(new MockResponse.Builder()
                        .code(502)
                        .setHeader("content-type", "text/html")
                        .body("<!doctype html><html><head><title>Bad Gateway</title><style>a{b:c}</style></head>"
                                + "<body><h1>cloudflare</h1></body></html>"))
                .failed()
                .failure();

        assertThat(failure.message()).isEqualTo("HTTP 502: Bad Gateway cloudflare");
        assertThat(failure.kind()).isEqualTo(FailureKind.SERVER);
        assertThat(failure.code()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "null", "42", "hello", "{\"type\":\"mess", "<html>login</html>"})
    void successWithoutAMessageIsUnparseable(String body) {
        var failure = new AnthropicServer(web).answers(200, body).failed().failure();

        assertThat(failure.kind()).isEqualTo(FailureKind.UNPARSEABLE);
        assertThat(failure.blame()).isEqualTo(Blame.PROVIDER);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.status()).isEqualTo(200);
    }

    @Test
    void emptyErrorBodyIsSaid() {
        assertThat(new AnthropicServer(web).answers(500, "").failed().failure().message())
                .isEqualTo("HTTP 500: empty body");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void redirectIsNotFollowed(int status) {
        var elsewhere = web.url("/elsewhere").toString();
        var failure = new AnthropicServer(web)
                .answers(json(status, "").setHeader("location", elsewhere))
                .failed()
                .failure();

        assertThat(failure.message())
                .isEqualTo("HTTP " + status + ": a redirect, which is never followed: check the base URL");
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.blame()).isEqualTo(Blame.OPERATOR);
        assertThat(web.getRequestCount()).isEqualTo(1);
    }

    @Test
    void keyEchoedByTheProviderIsHidden() {
        var server = new AnthropicServer(web)
                .answers(401, error("authentication_error", "invalid x-api-key: " + KEY + " (sk-ant...789)"));

        var failure = server.failed().failure();

        assertThat(failure.message()).isEqualTo("HTTP 401 authentication_error: invalid x-api-key: *** (***)");
        assertThat(server.provider().toString()).doesNotContain(KEY);
    }

    @Test
    void keyEchoedAsTheRequestIdIsHidden() {
        web.enqueue(new MockResponse.Builder()
                .code(401)
                .setHeader("request-id", "for " + KEY)
                .body(error("authentication_error", "wrong"))
                .build());

        var failed = new AnthropicServer(web).failed();

        assertThat(failed.failure().requestId()).isEqualTo("for ***");
        assertThat(failed.exchange().requestId()).isEqualTo("for ***");
    }

    @Test
    void longMessageIsCut() {
        var failure = new AnthropicServer(web)
                .answers(400, error("invalid_request_error", "x".repeat(5_000)))
                .failed()
                .failure();

        assertThat(failure.message()).hasSizeLessThan(1_100).endsWith("x...");
    }
}
