package dev.reprise.generation;

import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.generation.Generation.Progress;
import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Generations to test with. */
final class Samples {

    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private Samples() {}

    static Generation generation(TaskState state, Attempt... attempts) {
        return generation(state, null, attempts);
    }

    static Generation generation(TaskState state, @Nullable GenerationResult result, Attempt... attempts) {
        var origin = new Origin("-", GenerationKind.VARIATION, new BatchId("b"), 0, 4, null, NOON);
        var finishedAt = state.isTerminal() ? NOON.plusSeconds(90) : null;
        return new Generation(
                new GenerationId("g"),
                origin,
                GenerationRequest.of("p"),
                new Progress(state, null, null, finishedAt, Arrays.asList(attempts)),
                result,
                null);
    }

    static Attempt failedAttempt(int number, @Nullable String text, Usage usage) {
        var failure = GenerationFailure.of(FailureKind.SERVER, "broken");
        return attempt(number, AttemptOutcome.FAILED, new Attempt.Exchange(null, null, text, failure), usage);
    }

    static Attempt attempt(int number, AttemptOutcome outcome, Attempt.Exchange exchange, Usage usage) {
        return new Attempt(number, 1, outcome, NOON, NOON.plusSeconds(1), Duration.ofSeconds(2), usage, exchange);
    }

    static GenerationResult result(String rawText) {
        return new GenerationResult(
                rawText,
                rawText,
                Map.of(),
                StopReason.END,
                "end_turn",
                "req_1",
                new Sent("some-model", Map.of(), null));
    }

    static Batch batch(TaskState... states) {
        var generations = new ArrayList<Generation>();
        for (TaskState state : states) {
            generations.add(generation(state));
        }
        return batch(generations);
    }

    static Batch batch(List<Generation> generations) {
        return new Batch(new BatchId("b"), "-", null, NOON, generations.size(), null, generations);
    }
}
