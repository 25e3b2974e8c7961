package dev.reprise.storage.jdbc.h2;

import dev.reprise.GenerationClient;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.storage.jdbc.JdbcTaskStore;
import dev.reprise.testkit.FakeOutcome;
import dev.reprise.testkit.FakeProvider;
import org.h2.jdbcx.JdbcConnectionPool;

/** A process whose provider call on behalf of a task in an H2 file never ends; it is killed in it. */
final class H2CallingChild {

    private H2CallingChild() {}

    public static void main(String[] arguments) throws Exception {
        var provider = FakeProvider.builder()
                .script((request, number) -> {
                    System.out.println("calls");
                    return FakeOutcome.hanging();
                })
                .build();
        var pool = JdbcConnectionPool.create(arguments[0], "sa", "");
        try (var store = JdbcTaskStore.create(pool);
                var client = GenerationClient.builder()
                        .provider(provider)
                        .taskStore(store)
                        .build()) {
            client.generate(GenerationRequest.of("hello")).await();
        }
    }
}
