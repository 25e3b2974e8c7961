package dev.reprise.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.GenerationClient;
import dev.reprise.generation.Generation;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.ProcessedOutput;
import dev.reprise.generation.TaskState;
import dev.reprise.handle.GenerationHandle;
import dev.reprise.testkit.FakeProvider;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rows that a client cannot run are put aside with a reason that the app can read, and everything else goes on. */
@Timeout(120)
abstract class StrangeRowsContract {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final FakeProvider known = FakeProvider.builder().name("known").build();
    private final FakeProvider elsewhere =
            FakeProvider.builder().name("elsewhere").build();
    private TestDatabase database;
    private GenerationClient submitter;
    private GenerationHandle unreadable;
    private GenerationHandle unknownProvider;
    private GenerationHandle unknownProcessor;
    private GenerationHandle fromTheFuture;

    abstract TestDatabase createDatabase();

    @BeforeEach
    void open() throws SQLException {
        database = createDatabase();
        submitter = GenerationClient.builder()
                .taskStore(database.keep(database.builder().build()))
                .submitOnly()
                .build();
        // More urgent than what can be run, so that it is in the way of all of it.
        unreadable = submitter.generate(request("known").priority(9).build());
        unknownProvider = submitter.generate(request("elsewhere").priority(9).build());
        unknownProcessor = submitter.generate(
                request("known").processor("shorten").priority(9).build());
        fromTheFuture = submitter.generate(request("known").priority(9).build());
        spoil(unreadable);
        database.execute(
                "UPDATE {task} SET state = 'TELEPORTING', reason = 'beam' WHERE id = '" + fromTheFuture.id() + "'");
    }

    @AfterEach
    void close() {
        submitter.close();
        database.close();
    }

    private static GenerationRequest.Builder request(String provider) {
        return GenerationRequest.builder().provider(provider).model("model").prompt("a prompt");
    }

    private void spoil(GenerationHandle handle) throws SQLException {
        try (Connection connection = database.source().getConnection();
                var statement = connection.prepareStatement(
                        "UPDATE " + database.prefix() + "request SET body = ? WHERE task = ?")) {
            statement.setBytes(1, new byte[] {0, (byte) 0xff, 1, '{', 7});
            statement.setString(2, handle.id().value());
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }

    private GenerationClient.Builder worker() {
        return GenerationClient.builder()
                .provider(known)
                .maxConcurrent(2)
                .taskStore(database.keep(database.builder().build()));
    }

    private static void assertParked(Generation generation, String reason) {
        assertThat(generation.state()).isEqualTo(TaskState.PARKED);
        assertThat(generation.progress().reason()).isEqualTo(reason);
        assertThat(generation.attempts()).isEmpty();
    }

    @Test
    void strangeRowsAreParkedWithAReasonAndTheOthersGoOn() {
        try (var log = LogCapture.start();
                var client = worker().build()) {
            for (int round = 0; round < 3; round++) {
                var good = submitter.generateAll(IntStream.range(0, 5)
                        .mapToObj(i -> request("known").build())
                        .toList());
                good.forEach(
                        handle -> assertThat(handle.await(PATIENCE).state()).isEqualTo(TaskState.SUCCEEDED));
            }
            assertThat(client.health().problems()).isEmpty();

            assertThat(known.callCount()).isEqualTo(15);
            for (var parked : List.of(unreadable, unknownProvider, unknownProcessor)) {
                assertThat(log.count(parked.id().value()))
                        .as("%s", log.warnings())
                        .isEqualTo(1);
            }
            assertThat(log.warnings()).hasSize(3);

            assertParked(client.get(unreadable.id()).orElseThrow(), "unreadable_payload");
            assertParked(client.get(unknownProvider.id()).orElseThrow(), "unknown_provider:elsewhere");
            assertParked(submitter.get(unknownProcessor.id()).orElseThrow(), "unknown_processor:shorten");
            assertParked(submitter.get(fromTheFuture.id()).orElseThrow(), "unknown_state:TELEPORTING");
            assertThat(database.column("SELECT state FROM {task} WHERE id = '" + fromTheFuture.id() + "'"))
                    .containsExactly("TELEPORTING");
        }
    }

    @Test
    void whatNobodyKnewRunsWhenAClientComesThatDoes() {
        try (var first = worker().build()) {
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(unknownProvider.now().state()).isEqualTo(TaskState.PARKED);
                assertThat(unknownProcessor.now().state()).isEqualTo(TaskState.PARKED);
            });
            try (var second = worker().provider(elsewhere)
                    .processor("shorten", (text, settings) -> ProcessedOutput.accepted("short"))
                    .build()) {
                assertThat(second.handle(unknownProvider.id()).await(PATIENCE).state())
                        .isEqualTo(TaskState.SUCCEEDED);
                var processed = first.handle(unknownProcessor.id()).await(PATIENCE);
                assertThat(processed.result()).isNotNull();
                // The first client may claim it again, and parks it again; no attempt is counted for that.
                assertThat(processed.attempts()).hasSize(1);
                assertThat(processed.result().output()).isEqualTo("short");
                assertThat(elsewhere.callCount()).isEqualTo(1);
            }
        }
    }

    @Test
    void whoAwaitsATaskOfANewerVersionGoesOnWaitingUntilItEnds() {
        try (var client = worker().build()) {
            var awaited = client.handle(fromTheFuture.id()).future();
            var before = client.generate(request("known").build());
            before.await(PATIENCE);
            assertThat(client.handle(fromTheFuture.id()).now().state()).isEqualTo(TaskState.PARKED);
            assertThat(awaited).isNotDone();

            database.execute(
                    "UPDATE {task} SET state = 'READY', reason = NULL WHERE id = '" + fromTheFuture.id() + "'");

            await().atMost(PATIENCE).until(awaited::isDone);
            assertThat(awaited.join().state()).isEqualTo(TaskState.SUCCEEDED);
        }
    }

    @Test
    void rowThatNamesAnEmptyParentIsParkedAloneAndKeepsNobodyFromTheirTurn() {
        var broken = submitter.generate(request("known").build());
        database.execute("UPDATE {task} SET parent = '' WHERE id = '" + broken.id() + "'");
        var good = submitter.generate(request("known").build());

        try (var client = worker().build()) {
            assertThat(client.handle(good.id()).await(PATIENCE).state()).isEqualTo(TaskState.SUCCEEDED);
            assertThat(client.health().problems()).isEmpty();
        }

        assertThat(database.column("SELECT state FROM {task} WHERE id = '" + broken.id() + "'"))
                .containsExactly("PARKED");
    }
}
