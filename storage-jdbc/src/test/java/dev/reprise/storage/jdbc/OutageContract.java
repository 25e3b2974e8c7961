package dev.reprise.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reprise.event.Health;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.TaskState;
import dev.reprise.handle.GenerationHandle;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.Scope;
import dev.reprise.testkit.FakeCall;
import dev.reprise.testkit.FakeOutcome;
import dev.reprise.testkit.FakeProvider;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that dies and comes back after a while, longer than any lease, under clients at work. */
@Timeout(300)
abstract class OutageContract {

    private static final Duration LEASE = Duration.ofSeconds(8);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    static final int CONNECTIONS = 4;
    private static final List<String> ACTIVITIES = List.of(
            "beat",
            "reaping",
            "promoting",
            "failing what is beyond its deadline",
            "claiming",
            "storing outcomes",
            "looking for ended generations",
            "reading for those who wait",
            "unparking");

    /** A server that can be killed and started again where it was. */
    interface Server extends AutoCloseable {
        String url();

        void kill() throws Exception;

        void startAgain() throws Exception;

        /** How many sessions there are beside the one that asks. */
        String sessions();

        @Override
        void close();
    }

    abstract Server start() throws Exception;

    /** How long the server is away. */
    abstract Duration outage();

    abstract Worker worker(Server server, Duration patience, FakeProvider provider, Duration lease);

    private static FakeProvider provider() {
        return FakeProvider.builder()
                .script((request, number) -> FakeOutcome.reply("done")
                        .after(Duration.ofMillis(request.request().prompt().startsWith("long") ? 4_000 : 100)))
                .build();
    }

    @Test
    void serverThatWasAwayForLongerThanTheLeaseCostsNothing() throws Exception {
        var provider = provider();
        try (var server = start();
                var log = LogCapture.start();
                // One gives up on a connection before the server is back; the other just waits until it is.
                var one = worker(server, Duration.ofSeconds(2), provider, LEASE);
                var two = worker(server, outage().plusSeconds(20), provider, LEASE);
                var first = Load.start(one.client(), "first", Duration.ofMillis(50));
                var second = Load.start(two.client(), "second", Duration.ofMillis(50))) {
            await().atMost(PATIENCE).until(() -> first.stored() > 5 && second.stored() > 5);
            var during = Stream.of(one, two)
                    .flatMap(worker -> worker.client().generateAll(longOnes(worker == one ? "one" : "two")).stream())
                    .toList();
            await().atMost(PATIENCE).until(() -> longCalls(provider) == during.size());

            server.kill();
            long down = System.nanoTime();
            for (Worker worker : List.of(one, two)) {
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(worker.client().health())
                                .returns(Health.Status.DEGRADED, Health::status)
                                .satisfies(
                                        health -> assertThat(health.unsaved()).isGreaterThanOrEqualTo(3)));
            }
            await().atMost(PATIENCE).until(() -> System.nanoTime() - down > outage().toNanos());
            server.startAgain();
            long back = System.nanoTime();

            for (Worker worker : List.of(one, two)) {
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(worker.client().health())
                                .returns(Health.Status.UP, Health::status)
                                .returns(List.of(), Health::problems));
            }
            System.out.println("all well " + (System.nanoTime() - back) / 1_000_000 + " ms after the server was back");
            var stored = new ArrayList<GenerationId>();
            int before = first.stored() + second.stored();
            await().atMost(PATIENCE).until(() -> first.stored() + second.stored() > before + 10);
            stored.addAll(first.stop());
            stored.addAll(second.stop());
            during.stream().map(GenerationHandle::id).forEach(stored::add);

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(one.store().counts(Scope.ALL))
                            .isEqualTo(Map.of(TaskState.SUCCEEDED, (long) stored.size())));
            assertThat(first.refusals()).isPositive();
            assertThat(first.unexpected()).isEmpty();
            assertThat(second.unexpected()).isEmpty();
            assertThat(provider.calls())
                    .extracting(FakeCall::lastTurn)
                    .doesNotHaveDuplicates()
                    .hasSameSizeAs(stored);
            assertThat(during)
                    .allSatisfy(handle -> assertThat(handle.now().attempts()).hasSize(1));
            assertSaidOnce(log);
            assertThat(count(server, "SELECT COUNT(*) FROM reprise_runner WHERE state <> 'ALIVE'"))
                    .as("runners taken for dead")
                    .isZero();
            one.leave();
            two.leave();
            assertThat(one.borrowed() + two.borrowed()).isZero();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(count(server, server.sessions()))
                            .as("sessions beside those of the pools")
                            .isLessThanOrEqualTo(2 * CONNECTIONS));
        }
    }

    private static List<GenerationRequest> longOnes(String name) {
        return IntStream.range(0, 3)
                .mapToObj(i -> GenerationRequest.of("long " + name + " " + i))
                .toList();
    }

    private static long longCalls(FakeProvider provider) {
        return provider.calls().stream()
                .filter(call -> call.lastTurn().startsWith("long"))
                .count();
    }

    /** Once for each activity of each client, however often it was tried, and nothing else but how deaths are noticed. */
    private static void assertSaidOnce(LogCapture log) {
        for (String activity : ACTIVITIES) {
            assertThat(log.count(activity + " failed and will be tried again"))
                    .as(activity)
                    .isLessThanOrEqualTo(2);
        }
        assertThat(log.warnings())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .containsAnyOf(" failed and will be tried again", " - the store: the lock connection fails, "));
    }

    private static int count(Server server, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(server.url());
                var statement = connection.createStatement();
                var results = statement.executeQuery(sql)) {
            results.next();
            return results.getInt(1);
        }
    }
}
