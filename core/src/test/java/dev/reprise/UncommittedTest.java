package dev.reprise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.failure.NotCommittedException;
import dev.reprise.failure.NotFoundException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The future of what was submitted in a caller's transaction. */
class UncommittedTest {

    private final Uncommitted uncommitted = new Uncommitted("generation", "g");
    private final CompletableFuture<String> inner = new CompletableFuture<>();
    private final CompletableFuture<String> future = uncommitted.future(() -> inner);

    @Test
    void cancellingItEndsTheWaitingBehindIt() {
        future.cancel(true);

        assertThat(inner).isCancelled();
    }

    @Test
    void endsAsTheWaitingBehindItDoes() {
        inner.complete("done");

        assertThat(future).isCompletedWithValue("done");
    }

    @Test
    void whatIsNotThereIsNotCommitted() {
        inner.completeExceptionally(new NotFoundException("generation", "g"));

        assertThatThrownBy(future::join).hasCauseInstanceOf(NotCommittedException.class);
    }
}
