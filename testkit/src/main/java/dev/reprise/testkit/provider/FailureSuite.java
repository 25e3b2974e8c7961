package dev.reprise.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.failure.Blame;
import dev.reprise.failure.FailureKind;
import dev.reprise.testkit.wire.WireFault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors, by their status or by their code, and answers that are none. */
public abstract class FailureSuite extends ProviderSuite {

    /** For a suite with a subclass. */
    protected FailureSuite() {}

    static List<WireFault> faults() {
        return WireFault.all();
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
    void statusDecides(int status, FailureKind kind, Blame blame, boolean retryable) {
        answers(json(status, subject.error("some_code", "because"))
                .setHeader(subject.requestIdHeader(), "req_1")
                .build());

        var failure = failed(call(direct(true), TestCall.patient())).failure();

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.blame()).isEqualTo(blame);
        assertThat(failure.retryable()).isEqualTo(retryable);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.code()).isEqualTo("some_code");
        assertThat(failure.requestId()).isEqualTo("req_1");
        assertThat(failure.message()).contains("because");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void errorInsideASuccessGoesByItsCode(boolean streaming) {
        var provider = direct(streaming);
        subject.codes().forEach((code, kind) -> {
            answers((streaming
                            ? events(subject.streamWithError(speech("Hello"), code, "because"))
                            : json(200, subject.error(code, "because")))
                    .build());

            var reply = failed(call(provider, TestCall.patient()));

            assertThat(reply.failure().kind()).as(code).isEqualTo(kind);
            assertThat(reply.failure().code()).isEqualTo(code);
            assertThat(reply.text()).isEqualTo(streaming ? "Hello" : null);
        });
    }

    @ParameterizedTest
    @CsvSource({"true, 400", "false, 500", "false, 429", "true, 402"})
    void shouldRetryHeaderWinsOverTheStatus(boolean retry, int status) {
        answers(json(status, subject.error("some_code", "because"))
                .setHeader("x-should-retry", retry)
                .build());

        assertThat(failed(call(direct(false), TestCall.patient())).failure().retryable())
                .isEqualTo(retry);
    }

    @ParameterizedTest
    @CsvSource({
        "retry-after, 7, PT7S",
        "retry-after, 0, PT0S",
        "retry-after, 1.5, PT1.5S",
        "retry-after, -3, PT0S",
        "retry-after, soon,",
        "retry-after, 99999999999999999999, PT8760H",
        "retry-after, 'Thu, 01 Jan 1970 00:00:00 GMT', PT0S",
        "retry-after-ms, 120, PT0.12S"
    })
    void askedForWaitIsPassedOn(String header, String value, Duration wait) {
        answers(json(503, subject.error("some_code", "because"))
                .setHeader(header, value)
                .build());

        assertThat(failed(call(direct(false), TestCall.patient())).failure().retryAfter())
                .isEqualTo(wait);
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("faults")
    void faultOfTheWireIsNoSuccess(WireFault fault) {
        answers(fault.answer());
        answers(fault.answer());

        var streamed = failed(call(direct(true), TestCall.patient()));
        var whole = failed(call(direct(false), TestCall.patient()));

        assertThat(streamed.failure().kind()).isEqualTo(fault.kind());
        assertThat(whole.failure().kind()).isEqualTo(fault.kind());
        assertThat(server.getRequestCount()).as("each request is sent once").isEqualTo(2);
    }

    @Test
    void keyIsShownNowhere() {
        answers(json(401, subject.error("bad_key", "no such key: " + KEY)).build());
        var provider = direct(false);

        var reply = failed(call(provider, TestCall.patient()));

        assertThat(reply.toString()).doesNotContain(KEY);
        assertThat(reply.failure().message()).contains("no such key: ***");
        assertThat(provider.toString()).doesNotContain(KEY);
        assertThat(reply.exchange().sent().toString()).doesNotContain(KEY);
    }
}
