package dev.reprise.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.GenerationClient;
import dev.reprise.failure.InvalidRequestException;
import dev.reprise.failure.NotCommittedException;
import dev.reprise.generation.Generation;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.TaskState;
import dev.reprise.handle.GenerationHandle;
import dev.reprise.testkit.FakeOutcome;
import dev.reprise.testkit.FakeProvider;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Generations that a client creates in a transaction of the app's own. */
@Timeout(60)
abstract class CallersTransactionContract {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final FakeProvider provider =
            FakeProvider.builder().otherwise(FakeOutcome.reply("text")).build();
    private TestDatabase database;
    private JdbcTaskStore store;
    private GenerationClient client;
    private Connection connection;

    abstract TestDatabase createDatabase();

    @BeforeEach
    void open() throws SQLException {
        database = createDatabase();
        store = database.keep(database.builder().build());
        client = GenerationClient.builder().provider(provider).taskStore(store).build();
        connection = database.source().getConnection();
        connection.setAutoCommit(false);
    }

    @AfterEach
    void close() throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
        connection.close();
        client.close();
        database.close();
    }

    @Test
    void whatIsCommittedIsDoneAndTheOwnersAlone() throws SQLException {
        var mine = client.forOwner("mine");
        var one = mine.within(store.within(connection)).generate(GenerationRequest.of("one"));
        var four = mine.within(store.within(connection)).variations(GenerationRequest.of("four"), 4);
        connection.commit();
        client.wake();

        assertThat(one.await(PATIENCE).result()).extracting("rawText").isEqualTo("text");
        assertThat(four.await(PATIENCE).succeeded()).hasSize(4);
        assertThat(four.now().id()).isEqualTo(four.id());
        assertThat(one.future().join().owner()).isEqualTo("mine");
        assertThat(client.forOwner("yours").get(one.id())).isEmpty();
    }

    @Test
    void nothingIsStartedBeforeTheCommitAndAwaitingItIsAnErrorThatSaysSo() throws SQLException {
        var creating = client.within(store.within(connection));
        var one = creating.generate(GenerationRequest.of("one"));
        var batch = creating.variations(GenerationRequest.of("two"), 2);
        client.wake();

        var reason =
                " is not in the store: the transaction it was submitted in has not been committed, or was rolled back";
        assertThatThrownBy(one::await)
                .isInstanceOf(NotCommittedException.class)
                .hasMessage("generation " + one.id() + reason);
        assertThatThrownBy(() -> one.await(PATIENCE)).isInstanceOf(NotCommittedException.class);
        assertThatThrownBy(one::now).isInstanceOf(NotCommittedException.class);
        assertThatThrownBy(() -> one.future().join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(NotCommittedException.class);
        assertThatThrownBy(batch::await)
                .isInstanceOf(NotCommittedException.class)
                .hasMessage("batch " + batch.id() + reason);
        assertThatThrownBy(() -> batch.future().join()).hasCauseInstanceOf(NotCommittedException.class);
        assertCancelIsRefused(one::cancel, "generation " + one.id() + reason);
        assertCancelIsRefused(batch::cancel, "batch " + batch.id() + reason);
        assertThat(provider.callCount()).isZero();

        connection.commit();
        client.wake();

        assertThat(one.await(PATIENCE).state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(batch.await(PATIENCE).succeeded()).hasSize(2);
        assertThat(one.cancel()).isFalse();
        assertThat(batch.cancel()).isFalse();
    }

    void assertCancelIsRefused(ThrowingCallable cancel, String reason) {
        assertThatThrownBy(cancel).isInstanceOf(NotCommittedException.class).hasMessage(reason);
    }

    @Test
    void whatIsCommittedCanBeCancelled() throws SQLException {
        try (var submitting = GenerationClient.builder()
                .submitOnly()
                .provider(provider)
                .taskStore(store)
                .build()) {
            client.close(); // nothing runs, so that nothing has ended when it is cancelled
            var creating = submitting.within(store.within(connection));
            var one = creating.generate(GenerationRequest.of("one"));
            var batch = creating.variations(GenerationRequest.of("two"), 2);
            connection.commit();

            assertThat(one.cancel()).isTrue();
            assertThat(batch.cancel()).isTrue();
            assertThat(one.now().state()).isEqualTo(TaskState.CANCELLED);
        }
    }

    @Test
    void rollbackLeavesNothingBehind() throws SQLException {
        GenerationHandle gone = client.within(store.within(connection)).generate(GenerationRequest.of("gone"));
        connection.rollback();
        var kept = client.within(store.within(connection)).generate(GenerationRequest.of("kept"));
        connection.commit();
        client.wake();

        assertThat(kept.await(PATIENCE).state()).isEqualTo(TaskState.SUCCEEDED);
        assertThat(client.get(gone.id())).isEmpty();
        assertThatThrownBy(gone::await).isInstanceOf(NotCommittedException.class);
        assertThat(provider.callCount()).isEqualTo(1);
    }

    @Test
    void childrenAreCreatedInItToo() throws SQLException {
        Generation root = client.generate(GenerationRequest.of("root")).await(PATIENCE);
        var creating = client.within(store.within(connection));
        var refined = creating.refine(root.id(), "warmer");
        var continued = creating.continueFrom(root.id(), "prequel", "what was before");
        connection.commit();
        client.wake();

        assertThat(refined.await(PATIENCE).parentId()).isEqualTo(root.id());
        assertThat(continued.await(PATIENCE).parentId()).isEqualTo(root.id());
        assertThat(client.children(root.id())).hasSize(2);
    }

    @Test
    void keyUsedBeforeGivesWhatItStandsForAndDoesNotSpoilTheTransaction() throws SQLException {
        var keyed =
                GenerationRequest.builder().prompt("same").idempotencyKey("key").build();
        var first = client.generate(keyed);
        var creating = client.within(store.within(connection));

        assertThat(creating.generate(keyed).id()).isEqualTo(first.id());
        assertThatThrownBy(() ->
                        creating.generate(keyed.toBuilder().prompt("another").build()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("idempotencyKey has been used for another request, " + first.id() + ": key");
        var batchKey =
                GenerationRequest.builder().prompt("b").idempotencyKey("k2").build();
        var batch = creating.variations(batchKey, 2);
        assertThatThrownBy(() -> creating.variations(batchKey, 2)).isInstanceOf(NotCommittedException.class);
        connection.commit();
        client.wake();

        assertThat(creating.variations(batchKey, 2).id()).isEqualTo(batch.id());
        connection.commit();
        assertThat(batch.await(PATIENCE).succeeded()).hasSize(2);
    }

    @Test
    void transactionOfAnotherStoreIsRefused() {
        var anotherStore = database.keep(database.builder().build());
        try (var other = GenerationClient.builder()
                .provider(provider)
                .taskStore(anotherStore)
                .build()) {
            assertThatThrownBy(() -> other.within(store.within(connection)))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageStartingWith("transaction must be in the store that the client was built with: ");
        }
    }
}
