package dev.reprise.examples.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.GenerationClient;
import dev.reprise.examples.Ran;
import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailedException;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.Usage;
import dev.reprise.retry.RetrySchedule;
import dev.reprise.storage.memory.InMemoryTaskStore;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CustomProviderTest {

    private final AtomicInteger cutOffs = new AtomicInteger();
    private final GenerationClient client = GenerationClient.builder()
            .provider(new MarkovProvider(Duration.ofMillis(1), words -> cutOffs.incrementAndGet()))
            .taskStore(InMemoryTaskStore.create())
            .retry(RetrySchedule.never())
            .build();

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void saysWordsOfThePromptAndWhatTheyCost() {
        var generation = client.generate(GenerationRequest.of("one two three")).await();

        assertThat(generation.text()).isEqualTo("one two three");
        assertThat(generation.usage()).isEqualTo(Usage.of(3, 3));
    }

    @Test
    void moreThanTheCapIsATruncatedFailureThatKeepsItsText() {
        var request = GenerationRequest.builder()
                .prompt("round and round and")
                .maxOutputTokens(5)
                .build();
        var handle = client.generate(request);

        assertThatThrownBy(handle::await)
                .asInstanceOf(InstanceOfAssertFactories.type(GenerationFailedException.class))
                .returns(FailureKind.TRUNCATED, e -> e.failure().kind());
        assertThat(handle.now().text()).isEqualTo("round and round and round");
    }

    @Test
    void timeLimitsCutItOff() {
        var request = GenerationRequest.builder()
                .prompt("round and round and")
                .maxOutputTokens(1_000_000)
                .attemptTimeout(Duration.ofMillis(50))
                .build();

        assertThatThrownBy(() -> client.generate(request).await())
                .asInstanceOf(InstanceOfAssertFactories.type(GenerationFailedException.class))
                .returns(FailureKind.TIMEOUT, e -> e.failure().kind());
        assertThat(cutOffs).hasValue(1);
    }

    @Test
    void exampleShowsACallThatIsCutOff() {
        var ran = Ran.of("custom-provider");

        assertThat(ran.err()).isEmpty();
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out())
                .containsPattern("the provider fell silent \\d{1,3} ms after cancel\\(\\)")
                .contains("State     CANCELLED: This was cancelled.");
    }
}
