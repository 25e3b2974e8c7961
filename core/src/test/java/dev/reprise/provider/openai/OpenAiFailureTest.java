package dev.reprise.provider.openai;

import static dev.reprise.provider.openai.OpenAiServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.failure.Blame;
import dev.reprise.failure.FailureKind;
import java.time.Duration;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The errors of all dialects. */
class OpenAiFailureTest {

    @StartStop
    final MockWebServer web = new MockWebServer();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insufficient_quota",
                "credit_balance_exhausted",
                "organization_spend_limit_exceeded",
                "project_spend_limit_exceeded",
                "organization_usage_limit_exceeded"
            })
    void billingCodesBehindA429ArePermanent(String code) {
        var failure = OpenAiServer.plain(web)
                .answers(429, "{\"error\":{\"message\":\"m\",\"type\":\"x\",\"param\":null,\"code\":\"" + code + "\"}}")
                .failed()
                .failure();

        assertThat(failure.kind()).isEqualTo(FailureKind.QUOTA);
        assertThat(failure.blame()).isEqualTo(Blame.OPERATOR);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-request-id", "x-generation-id", "request-id"})
    void keyEchoedAsTheRequestIdIsHidden(String header) {
        var failed = OpenAiServer.plain(web)
                .answers(json(401, "{\"error\":{\"message\":\"wrong\",\"code\":\"invalid_api_key\"}}")
                        .setHeader(header, "for " + OpenAiServer.KEY))
                .failed();

        assertThat(failed.failure().requestId()).isEqualTo("for ***");
        assertThat(failed.exchange().requestId()).isEqualTo("for ***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rate_limit_exceeded", "slow_down"})
    void paceCodesBehindA429AreRetried(String code) {
        var failure = OpenAiServer.plain(web)
                .answers(json(429, "{\"error\":{\"message\":\"m\",\"type\":\"tokens\",\"code\":\"" + code + "\"}}")
                        .setHeader("retry-after", "3"))
                .failed()
                .failure();

        assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"error\":{\"code\":429,\"message\":\"m\"}}; RATE_LIMITED; 429",
                "{\"error\":{\"code\":\"502\",\"message\":\"m\"}}; SERVER; 502",
                "{\"error\":{\"code\":402,\"message\":\"m\"}}; QUOTA; 402",
                "{\"error\":{\"http_status\":503,\"error_type\":\"provider_overloaded\",\"message\":\"m\"}};"
                        + " OVERLOADED; provider_overloaded",
                "{\"error\":{\"message\":\"m\",\"code\":\"content_policy_violation\"}}; REFUSED; content_policy_violation",
                "{\"choices\":[{\"error\":{\"code\":500,\"message\":\"m\"},\"finish_reason\":\"error\"}]}; SERVER; 500",
                "{\"choices\":[{\"message\":{\"content\":\"hi\"},\"finish_reason\":\"error\"}]}; SERVER;",
                "{\"object\":\"error\",\"message\":\"m\",\"type\":\"NotFoundError\",\"code\":404}; INVALID_REQUEST; 404",
                "{\"error\":\"model not loaded\"}; SERVER;"
            })
    void errorInsideASuccessGoesByItsCode(String body, FailureKind kind, String code) {
        var failure = OpenAiServer.plain(web).answers(200, body).failed().failure();

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.status()).isEqualTo(200);
    }

    @Test
    void openRouters402IsRetriedWhenItSaysWhen() {
        var server = new OpenAiServer(web, b -> b.dialect(Dialect.OPENROUTER))
                .answers(json(402, "{\"error\":{\"code\":402,\"message\":\"m\"}}")
                        .setHeader("retry-after", "30"))
                .answers(402, "{\"error\":{\"code\":402,\"message\":\"m\"}}");
        var plain = OpenAiServer.plain(web);

        var passing = server.failed().failure();
        var lasting = server.failed().failure();
        plain.answers(json(402, "{\"error\":{\"message\":\"m\"}}").setHeader("retry-after", "30"));

        assertThat(passing.retryable()).isTrue();
        assertThat(passing.kind()).isEqualTo(FailureKind.QUOTA);
        assertThat(passing.retryAfter()).isEqualTo(Duration.ofSeconds(30));
        assertThat(lasting.retryable()).isFalse();
        assertThat(plain.failed().failure().retryable()).isFalse();
    }

    @Test
    void openRoutersAvailabilitySaysWhetherAndWhen() {
        var failure = new OpenAiServer(web, b -> b.dialect(Dialect.OPENROUTER))
                .answers(
                        503,
                        "{\"error\":{\"code\":503,\"message\":\"m\",\"availability\":{\"code\":\"x\","
                                + "\"retryable\":false,\"retry_after\":2.5}}}")
                .failed()
                .failure();

        assertThat(failure.retryable()).isFalse();
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofMillis(2_500));
    }

    @Test
    void whatTheProviderBehindAGatewaySaidIsShown() {
        var failure = new OpenAiServer(web, b -> b.dialect(Dialect.OPENROUTER))
                .answers(
                        502,
                        "{\"error\":{\"code\":502,\"message\":\"Provider returned error\","
                                + "\"metadata\":{\"provider_name\":\"p\",\"raw\":\"boom\"}}}")
                .failed()
                .failure();

        assertThat(failure.message()).isEqualTo("HTTP 502: Provider returned error (boom)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"detail\":\"Not Found\"}; Not Found",
                "{\"message\":\"no Route matched\"}; no Route matched",
                "{\"error\":\"model 'x' not found\"}; model 'x' not found",
                "<html><body>nginx</body></html>; nginx",
                "{\"other\":1}; {\"other\":1}"
            })
    void errorsOfOtherShapesAreShownAndA404WithItsUrl(String body, String message) {
        assertThat(OpenAiServer.plain(web).answers(404, body).failed().failure().message())
                .isEqualTo("HTTP 404 from " + web.url("/v1/chat/completions") + ": " + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"choices\":[]}", "[]", "nope", "{\"choices\":[{\"mess"})
    void successWithoutAChoiceIsUnparseable(String body) {
        var failure = OpenAiServer.plain(web).answers(200, body).failed().failure();

        assertThat(failure.kind()).isEqualTo(FailureKind.UNPARSEABLE);
        assertThat(failure.retryable()).isTrue();
    }
}
