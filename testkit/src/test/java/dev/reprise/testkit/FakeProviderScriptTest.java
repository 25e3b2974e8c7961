package dev.reprise.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.Sent;
import dev.reprise.generation.StopReason;
import dev.reprise.generation.Usage;
import dev.reprise.provider.ModelProfile;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderReply.Again;
import dev.reprise.provider.ProviderReply.Completed;
import dev.reprise.provider.ProviderReply.Exchange;
import dev.reprise.provider.ProviderReply.Failed;
import dev.reprise.provider.ProviderRequest;
import dev.reprise.testkit.FakeCall.Ending;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FakeProviderScriptTest {
    private final TestControl control = new TestControl();

    @Test
    void withoutAScriptItAnswersTheLastTurn() throws InterruptedException {
        var provider = FakeProvider.create();

        var reply = provider.call(request("a poem"), control);

        assertThat(reply)
                .isEqualTo(new Completed(
                        "answer to: a poem",
                        StopReason.END,
                        "end",
                        new Exchange("fake-1", Usage.of(10, 20), new Sent("m", Map.of("temperature", "0.9"), null))));
    }

    @Test
    void outcomesComeInOrder() throws InterruptedException {
        var failure = GenerationFailure.builder(FailureKind.SERVER, "boom")
                .status(500)
                .build();
        var provider = FakeProvider.builder()
                .name("acme")
                .replies("one", "two")
                .fails(FailureKind.OVERLOADED)
                .fails(failure)
                .retryAfter(Duration.ofSeconds(7))
                .truncates("half")
                .refuses()
                .pauses("state")
                .rejectsParameter("temperature")
                .build();

        assertThat(text(provider)).isEqualTo("one");
        assertThat(text(provider)).isEqualTo("two");
        assertThat(failed(provider).failure().kind()).isEqualTo(FailureKind.OVERLOADED);
        assertThat(failed(provider).failure()).isEqualTo(failure);
        assertThat(failed(provider).failure().retryAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(completed(provider))
                .returns("half", Completed::text)
                .returns(StopReason.MAX_TOKENS, Completed::stopReason)
                .returns("max_tokens", Completed::rawStopReason);
        assertThat(completed(provider).stopReason()).isEqualTo(StopReason.REFUSAL);
        assertThat(call(provider))
                .isInstanceOfSatisfying(
                        Again.class,
                        again -> assertThat(again)
                                .returns(Again.Cause.PAUSED, Again::cause)
                                .returns("state", Again::carry));
        assertThat(call(provider))
                .isInstanceOfSatisfying(
                        Again.class,
                        again -> assertThat(again)
                                .returns(Again.Cause.PARAMETER_REJECTED, Again::cause)
                                .returns("temperature", Again::carry));
        assertThat(provider.callCount()).isEqualTo(9);
        assertThat(provider.call(9).number()).isEqualTo(9);
    }

    @Test
    void callBeyondTheScriptFailsForGood() throws InterruptedException {
        var provider = FakeProvider.builder().replies("one").build();
        call(provider);

        var failure = failed(provider).failure();

        assertThat(failure.message()).isEqualTo("the script has no outcome for call 2");
        assertThat(failure.retryable()).isFalse();
    }

    @Test
    void otherwiseTakesAllFurtherCalls() throws InterruptedException {
        var provider = FakeProvider.builder()
                .replies("one")
                .otherwise(FakeOutcome.reply("more").using(Usage.of(1, 2)))
                .build();
        call(provider);

        assertThat(text(provider)).isEqualTo("more");
        assertThat(completed(provider).exchange().usage()).isEqualTo(Usage.of(1, 2));
    }

    @Test
    void functionSeesRequestAndNumber() throws InterruptedException {
        var provider = FakeProvider.builder()
                .script((request, number) -> FakeOutcome.reply(number + ": " + request.model()))
                .build();
        call(provider);

        assertThat(text(provider)).isEqualTo("2: m");
    }

    @Test
    void functionAndListExcludeEachOther() {
        var builder = FakeProvider.builder().replies("a").script((request, number) -> FakeOutcome.hanging());

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a script is a function or a list of outcomes, not both");
    }

    @Test
    void exceptionIsThrownAndTheCallHasEnded() {
        var provider = FakeProvider.builder()
                .throwsException(new IllegalStateException("a bug"))
                .build();

        assertThatThrownBy(() -> call(provider)).hasMessage("a bug");
        assertThat(provider.call(1).ending()).isEqualTo(Ending.AS_SCRIPTED);
        assertThat(provider.underWay()).isZero();
    }

    @Test
    void streamedPiecesArriveBeforeTheAnswer() throws InterruptedException {
        var provider =
                FakeProvider.builder().streams("Once ", "upon ", "a time").build();

        assertThat(text(provider)).isEqualTo("Once upon a time");
        assertThat(control.deltas).containsExactly("Once ", "upon ", "a time");
    }

    @Test
    void failureAfterStreamingKeepsWhatArrived() throws InterruptedException {
        var provider = FakeProvider.builder()
                .then(FakeOutcome.failure(FailureKind.NETWORK).afterStreaming("Once ", "up"))
                .build();

        assertThat(failed(provider).text()).isEqualTo("Once up");
    }

    @Test
    void callsAreRecordedAsTheyWere() throws InterruptedException {
        var provider = FakeProvider.create();
        var request = request("a poem");

        provider.call(request, control);

        assertThat(provider.calls()).hasSize(1);
        assertThat(provider.call(1))
                .returns(1, FakeCall::number)
                .returns(request, FakeCall::request)
                .returns(Duration.ofMinutes(10), FakeCall::timeout)
                .returns("a poem", FakeCall::lastTurn)
                .returns("a poem", FakeCall::conversation)
                .returns(Ending.AS_SCRIPTED, FakeCall::ending);
        assertThat(provider.mostUnderWay()).isEqualTo(1);
    }

    @Test
    void modelsAreDescribedByPrefix() {
        var provider = FakeProvider.builder()
                .model(null)
                .profile(new ModelProfile("big-", ModelProfile.Support.NO, 100))
                .build();

        assertThat(provider.defaultModel()).isNull();
        assertThat(provider.profile("big-2")).isEqualTo(new ModelProfile("big-2", ModelProfile.Support.NO, 100));
        assertThat(provider.profile("small")).isEqualTo(ModelProfile.unknown("small"));
        assertThat(provider.models()).hasSize(1);
    }

    private ProviderReply call(FakeProvider provider) throws InterruptedException {
        return provider.call(request("prompt"), control);
    }

    private Completed completed(FakeProvider provider) throws InterruptedException {
        return (Completed) call(provider);
    }

    private String text(FakeProvider provider) throws InterruptedException {
        return completed(provider).text();
    }

    private Failed failed(FakeProvider provider) throws InterruptedException {
        return (Failed) call(provider);
    }

    private static ProviderRequest request(String prompt) {
        return new ProviderRequest(GenerationRequest.of(prompt), "m", 0.9, null);
    }
}
