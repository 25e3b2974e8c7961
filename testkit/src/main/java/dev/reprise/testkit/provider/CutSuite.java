package dev.reprise.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.failure.FailureKind;
import dev.reprise.provider.Provider;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderReply.Completed;
import dev.reprise.provider.ProviderReply.Failed;
import dev.reprise.testkit.wire.Mischief;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import mockwebserver3.MockResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that a proxy cuts, resets, stalls or trickles, at each byte: whole is whole, and anything less is not. */
public abstract class CutSuite extends ProviderSuite {

    private static final int SPARSE = 23;
    private static final String SPEECH = "Hi ü";

    /** For a suite with a subclass. */
    protected CutSuite() {}

    @ParameterizedTest(name = "streaming {0}, chunked {1}")
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void closedConnectionIsASuccessOnlyAfterTheProtocolsEnd(boolean streaming, boolean chunked) {
        var measured = measure(streaming, chunked);
        var provider = proxied(streaming);
        for (long after = 0; after <= measured.total(); after++) {
            var reply = cut(provider, measured, new Mischief.Cut(after));
            assertThat(reply instanceof Completed)
                    .as("success after %d bytes, of which %d are needed", after, measured.end())
                    .isEqualTo(after >= measured.end());
        }
        noConnectionIsLeft();
    }

    /** A reset may take back what had arrived, so that it may fail later too. */
    @ParameterizedTest(name = "streaming {0}")
    @CsvSource({"true", "false"})
    void resetConnectionIsNoSuccessBeforeTheProtocolsEnd(boolean streaming) {
        var measured = measure(streaming, true);
        var provider = proxied(streaming);
        for (long after = 0; after < measured.end(); after += SPARSE) {
            assertThat(cut(provider, measured, new Mischief.Reset(after))).isInstanceOf(Failed.class);
        }
        noConnectionIsLeft();
    }

    @ParameterizedTest(name = "streaming {0}")
    @CsvSource({"true", "false"})
    void stalledConnectionTimesOut(boolean streaming) {
        var measured = measure(streaming, false);
        var provider = proxied(streaming);
        for (long after = 0; after < measured.end(); after += measured.end() / 5) {
            answers(measured.answer());
            proxy.mischief(new Mischief.Stall(after));

            var reply = failed(call(provider, TestCall.within(Duration.ofMillis(150))));

            assertThat(reply.failure().kind()).isEqualTo(FailureKind.TIMEOUT);
        }
        noConnectionIsLeft();
    }

    @ParameterizedTest(name = "streaming {0}")
    @CsvSource({"true", "false"})
    void stallAfterTheEndIsASuccess(boolean streaming) {
        var measured = measure(streaming, true);
        answers(measured.answer());
        proxy.mischief(new Mischief.Stall(measured.end()));

        var reply = call(proxied(streaming), TestCall.within(Duration.ofMillis(500)));

        assertThat(completed(reply).text()).isEqualTo(SPEECH);
        noConnectionIsLeft();
    }

    @ParameterizedTest(name = "streaming {0}, {1} bytes at a time")
    @CsvSource({"true, 1", "true, 3", "false, 1"})
    void trickledAnswerIsTheSame(boolean streaming, int bytes) {
        answers(answer(speech("grün 🚀", "日本語"), streaming).build());
        proxy.mischief(new Mischief.Trickle(bytes, Duration.ZERO));

        var reply = completed(call(proxied(streaming), TestCall.patient()));

        assertThat(reply.text()).isEqualTo("grün 🚀日本語");
        assertThat(reply.exchange().usage()).isEqualTo(USAGE);
    }

    /** An answer, how many of its bytes the protocol needs, and how many there are. */
    private record Measured(MockResponse answer, long end, long total) {}

    /** Lets the answer through once, to see its bytes. Each answer has a connection of its own. */
    private Measured measure(boolean streaming, boolean chunked) {
        var speech = speech("Hi ", "ü");
        var body = streaming ? subject.stream(speech) : subject.answer(speech);
        var answer = new MockResponse.Builder()
                .setHeader("content-type", streaming ? "text/event-stream" : "application/json")
                .setHeader("connection", "close");
        var built = (chunked ? answer.chunkedBody(body, Integer.MAX_VALUE) : answer.body(body)).build();
        answers(built);
        proxy.mischief(new Mischief.None());
        completed(call(proxied(streaming), TestCall.patient()));
        noConnectionIsLeft();
        var seen = new String(proxy.lastAnswer(), StandardCharsets.ISO_8859_1);
        var needed = new String(body.stripTrailing().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(seen).contains(needed);
        return new Measured(built, seen.indexOf(needed) + needed.length(), seen.length());
    }

    private ProviderReply cut(Provider provider, Measured measured, Mischief mischief) {
        answers(measured.answer());
        proxy.mischief(mischief);
        var reply = call(provider, TestCall.patient());
        if (reply instanceof Completed completed) {
            assertThat(completed.text()).isEqualTo(SPEECH);
        } else {
            var failed = failed(reply);
            assertThat(failed.failure().retryable())
                    .as("retryable: %s", mischief)
                    .isTrue();
            assertThat(failed.failure().kind()).isIn(FailureKind.NETWORK, FailureKind.UNPARSEABLE);
            assertThat(SPEECH).startsWith(failed.text() == null ? "" : failed.text());
        }
        return reply;
    }

    private void noConnectionIsLeft() {
        Soon.until("no connection is left", () -> proxy.openConnections() == 0);
    }
}
