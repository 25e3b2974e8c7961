package dev.reprise.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.GenerationClient;
import dev.reprise.failure.FailureKind;
import dev.reprise.generation.Attempt;
import dev.reprise.generation.AttemptOutcome;
import dev.reprise.generation.Generation;
import dev.reprise.generation.GenerationQuery;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.GenerationSummary;
import dev.reprise.generation.TaskState;
import dev.reprise.handle.GenerationHandle;
import dev.reprise.identity.GenerationId;
import dev.reprise.retry.RetrySchedule;
import dev.reprise.testkit.FakeOutcome;
import dev.reprise.testkit.FakeProvider;
import dev.reprise.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Clients whose clocks are ten minutes off, one way and the other, beside one whose clock is right: the database's clock
 * decides everything that they share.
 */
@Timeout(180)
abstract class SkewedClocksContract {

    private static final Duration OFF = Duration.ofMinutes(10);
    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final Duration RETRY = Duration.ofMillis(1_200);
    private static final Duration DEADLINE = Duration.ofSeconds(2);
    /** A busy machine may be this late. It is never early. */
    private static final Duration LATE = Duration.ofSeconds(10);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final FakeProvider provider = FakeProvider.builder()
            .script((request, number) ->
                    request.request().prompt().equals("hangs") ? FakeOutcome.hanging() : FakeOutcome.reply("done"))
            .build();
    private final List<GenerationClient> clients = new ArrayList<>();
    private TestDatabase database;
    private FaultySource link;

    abstract TestDatabase createDatabase();

    /** The wall clock of a process, off by as much; timers and the monotonic clock are right. */
    private record Skewed(Duration by) implements TimeSource {
        @Override
        public Instant instant() {
            return TimeSource.system().instant().plus(by);
        }

        @Override
        public long nanoTime() {
            return TimeSource.system().nanoTime();
        }

        @Override
        public Timer schedule(Duration delay, Runnable action) {
            return TimeSource.system().schedule(delay, action);
        }
    }

    @BeforeEach
    void open() {
        database = createDatabase();
        link = new FaultySource(database.source());
    }

    @AfterEach
    void close() {
        link.down(false);
        clients.forEach(GenerationClient::close);
        database.close();
    }

    private GenerationClient client(Duration off) {
        return client(off, provider, database.builder());
    }

    private GenerationClient client(Duration off, FakeProvider own, JdbcTaskStoreBuilder store) {
        var client = GenerationClient.builder()
                .time(new Skewed(off))
                .provider(own)
                .taskStore(database.keep(store.build()))
                .retry(RetrySchedule.delays(RETRY))
                .lease(LEASE)
                .build();
        clients.add(client);
        return client;
    }

    private GenerationClient submitter(Duration off) {
        var client = GenerationClient.builder()
                .time(new Skewed(off))
                .taskStore(database.keep(database.builder().build()))
                .submitOnly()
                .build();
        clients.add(client);
        return client;
    }

    private static GenerationRequest.Builder request(String prompt) {
        return GenerationRequest.builder().provider("fake").model("fake-model").prompt(prompt);
    }

    private Instant databaseTime() {
        return database.keep(database.builder().build()).now();
    }

    private static Generation ended(GenerationClient client, GenerationId id) {
        return await().atMost(PATIENCE)
                .until(
                        () -> client.get(id).orElseThrow(),
                        generation -> generation.state().isTerminal());
    }

    private static Duration between(Instant from, Instant to) {
        assertThat(from).isNotNull();
        assertThat(to).isNotNull();
        return Duration.between(from, to);
    }

    /** Whoever submits and whoever works on it. */
    @Test
    void waitsBetweenAttemptsAreAsLongAsTheScheduleSays() {
        for (var off : List.of(OFF, OFF.negated())) {
            var failing = FakeProvider.builder()
                    .fails(FailureKind.OVERLOADED)
                    .otherwise(FakeOutcome.reply("done"))
                    .build();
            var before = databaseTime();
            var handle = submitter(off.negated()).generate(request("fails once").build());
            var worker = client(off, failing, database.builder());
            var ended = worker.handle(handle.id()).await(PATIENCE);
            worker.close();

            assertThat(ended.state()).isEqualTo(TaskState.SUCCEEDED);
            assertThat(ended.attempts()).hasSize(2);
            var first = ended.attempts().get(0);
            var second = ended.attempts().get(1);
            assertThat(first.delay()).isBetween(RETRY, RETRY.plusMillis(RETRY.toMillis() / 10));
            assertThat(between(first.endedAt(), second.startedAt()))
                    .isBetween(first.delay(), first.delay().plus(LATE));
            assertThat(List.of(ended.createdAt(), first.startedAt(), first.endedAt(), second.startedAt()))
                    .isSorted()
                    .allSatisfy(time -> assertThat(time).isBetween(before, before.plus(PATIENCE)));
        }
    }

    @Test
    void deadlineIsNeitherEarlyNorLate() {
        var slow = FakeProvider.builder().latency(DEADLINE.dividedBy(4)).build();
        for (var off : List.of(OFF, OFF.negated())) {
            var other = submitter(off.negated());
            var hanging = other.generate(request("hangs").deadline(DEADLINE).build());
            var worker = client(off, provider, database.builder());
            var late = ended(worker, hanging.id());
            worker.close();
            var inTime = other.generate(
                    request("quick").deadline(DEADLINE.plus(LATE)).build());
            worker = client(off, slow, database.builder());
            assertThat(worker.handle(inTime.id()).await(PATIENCE).state()).isEqualTo(TaskState.SUCCEEDED);
            worker.close();

            assertThat(late.state()).isEqualTo(TaskState.FAILED);
            assertThat(late.failure()).isNotNull();
            assertThat(late.failure().kind()).isEqualTo(FailureKind.DEADLINE);
            assertThat(between(late.createdAt(), late.progress().finishedAt()))
                    .isBetween(DEADLINE, DEADLINE.plus(LATE));
        }
    }

    @Test
    void nobodyIsTakenForDeadAndTheDeadAreFoundByTheDatabasesClock() {
        var dying = FakeProvider.builder().hangs().build();
        var doomed = client(OFF, dying, JdbcTaskStore.builder(link).tablePrefix(database.prefix()));
        var handle = doomed.generate(request("hello").build());
        await().atMost(PATIENCE).until(() -> dying.underWay() == 1);
        var right = client(Duration.ZERO);
        client(OFF.negated());
        var ahead = client(OFF);
        var start = databaseTime();
        await().atMost(PATIENCE).until(() -> between(start, databaseTime()).compareTo(LEASE.multipliedBy(2)) > 0);
        assertThat(database.column("SELECT state FROM {runner}")).containsExactly("ALIVE", "ALIVE", "ALIVE", "ALIVE");
        assertThat(handle.now().attempts()).isEmpty();

        link.down(true);
        long lastBeat = database.number("SELECT MIN(beat_at) FROM {runner}");
        Generation ended = right.handle(handle.id()).await(PATIENCE);

        assertThat(ended.attempts())
                .extracting(Attempt::outcome)
                .containsExactly(AttemptOutcome.UNKNOWN, AttemptOutcome.SUCCEEDED);
        assertThat(between(
                        Instant.ofEpochMilli(lastBeat), ended.attempts().get(0).endedAt()))
                .isBetween(LEASE, LEASE.plus(LATE));
        assertThat(database.number("SELECT COUNT(*) FROM {runner} WHERE state = 'DEAD'"))
                .isEqualTo(1);
        assertThat(ahead.health().problems()).isEmpty();
    }

    @Test
    void listsAndChainsAreInTheOrderOfTheDatabasesClock() {
        var all = List.of(client(OFF), client(OFF.negated()), client(Duration.ZERO));
        List<GenerationId> inOrder = new ArrayList<>();
        GenerationHandle last = all.get(0).generate(request("root").build());
        for (int i = 1; i < 9; i++) {
            inOrder.add(last.id());
            var created = last.await(PATIENCE).createdAt();
            // Two rows of one millisecond would be in the order of their ids.
            await().atMost(PATIENCE).until(() -> databaseTime().isAfter(created));
            last = all.get(i % 3).refine(last.id(), "again");
        }
        inOrder.add(last.id());
        last.await(PATIENCE);

        for (GenerationClient client : all) {
            assertThat(client.chain(last.id()).generations())
                    .extracting(Generation::id)
                    .containsExactlyElementsOf(inOrder);
            var newestFirst = new ArrayList<>(inOrder);
            Collections.reverse(newestFirst);
            assertThat(client.list(GenerationQuery.builder().build()).items())
                    .extracting(GenerationSummary::id)
                    .containsExactlyElementsOf(newestFirst);
        }
    }
}
