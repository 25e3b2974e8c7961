package dev.reprise.testkit.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.failure.Blame;
import dev.reprise.failure.FailureKind;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.StopReason;
import dev.reprise.provider.ProviderReply.Completed;
import dev.reprise.provider.ProviderReply.Failed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of a model, and what becomes of each way to stop. */
public abstract class AnswerSuite extends ProviderSuite {

    /** For a suite with a subclass. */
    protected AnswerSuite() {}

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void answerBringsTextUsageAndRequestId(boolean streaming) {
        answers(answer(speech("Hello ", "wörld 🚀"), streaming)
                .setHeader(subject.requestIdHeader(), "req_1")
                .build());
        var control = TestCall.patient();

        var reply = completed(call(direct(streaming), control));

        assertThat(reply.text()).isEqualTo("Hello wörld 🚀");
        assertThat(reply.stopReason()).isEqualTo(StopReason.END);
        assertThat(reply.rawStopReason()).isEqualTo(subject.endWord());
        assertThat(reply.exchange().usage()).isEqualTo(USAGE);
        assertThat(reply.exchange().requestId()).isEqualTo("req_1");
        assertThat(reply.exchange().sent().model()).isEqualTo("model-1");
        assertThat(String.join("", control.deltas())).isEqualTo("Hello wörld 🚀");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eachWayToStopIsWhatItIs(boolean streaming) {
        var provider = direct(streaming);
        subject.stopWords().forEach((word, reason) -> {
            answers(answer(new Speech(List.of("Hello"), word, USAGE), streaming).build());

            var reply = call(provider, TestCall.patient());

            if (reason == StopReason.END || reason == StopReason.STOP_SEQUENCE) {
                assertThat(((Completed) reply).stopReason()).as(word).isEqualTo(reason);
            } else {
                assertThat(((Failed) reply).text()).as(word).isEqualTo("Hello");
                assertThat(((Failed) reply).failure().retryable()).as(word).isFalse();
                assertThat(((Failed) reply).exchange().usage()).as(word).isEqualTo(USAGE);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void unknownWayToStopIsASuccessWithText(boolean streaming) {
        answers(answer(new Speech(List.of("Hello"), "eclipse", USAGE), streaming)
                .build());
        answers(answer(new Speech(List.of(""), "eclipse", USAGE), streaming).build());
        var provider = direct(streaming);

        var withText = completed(call(provider, TestCall.patient()));
        var without = failed(call(provider, TestCall.patient()));

        assertThat(withText.stopReason()).isEqualTo(StopReason.OTHER);
        assertThat(withText.rawStopReason()).isEqualTo("eclipse");
        assertThat(without.failure().kind()).isEqualTo(FailureKind.UNPARSEABLE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void refusalIsPermanentAndTheContentsFault(boolean streaming) {
        answers(answer(new Speech(List.of("I"), subject.refusalWord(), USAGE), streaming)
                .build());

        var reply = failed(call(direct(streaming), TestCall.patient()));

        assertThat(reply.failure().kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(reply.failure().blame()).isEqualTo(Blame.CONTENT);
        assertThat(reply.failure().retryable()).isFalse();
        assertThat(reply.text()).isEqualTo("I");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void answerWithoutTextIsARetryableFailure(boolean streaming) {
        answers(answer(speech(""), streaming).build());

        var failure = failed(call(direct(streaming), TestCall.patient())).failure();

        assertThat(failure.kind()).isEqualTo(FailureKind.UNPARSEABLE);
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void wholeAnswerIsTakenWhereAStreamWasAskedForAndTheOtherWayRound() {
        answers(answer(speech("Hello"), false).build());
        answers(answer(speech("Hello"), true).build());

        assertThat(completed(call(direct(true), TestCall.patient())).text()).isEqualTo("Hello");
        assertThat(completed(call(direct(false), TestCall.patient())).text()).isEqualTo("Hello");
    }

    @Test
    void nothingOptionalIsSentThatWasNotAskedFor() throws InterruptedException {
        answers(answer(speech("Hello"), false).build());
        answers(answer(speech("Hello"), false).build());
        var provider = direct(false);

        call(provider, TestCall.patient());
        call(
                provider,
                TestCall.patient(),
                GenerationRequest.builder().prompt("Go").extra("seed", 7).build());

        assertThat(server.takeRequest().getBody().utf8()).doesNotContain("temperature", "null", "seed", "stop");
        assertThat(server.takeRequest().getBody().utf8()).contains("\"seed\":7");
    }
}
