package dev.reprise.examples.docs;

import static java.time.Duration.ofSeconds;

import dev.reprise.GenerationClient;
import dev.reprise.generation.Batch;
import dev.reprise.generation.Generation;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.handle.GenerationHandle;
import dev.reprise.provider.Guard;
import dev.reprise.provider.Provider;
import dev.reprise.provider.anthropic.AnthropicProvider;
import dev.reprise.retry.RetrySchedule;
import dev.reprise.storage.jdbc.JdbcTaskStore;
import dev.reprise.storage.memory.InMemoryTaskStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/** The code that README shows, compiled. {@link ReadmeSnippetsTest} compares. */
final class Snippets {

    private Snippets() {}

    static List<Generation> first(String key, String model, String brief) {
        // spotless:off
        try (var client = GenerationClient.builder()
                .provider(AnthropicProvider.builder().apiKey(key).model(model).build())
                .taskStore(InMemoryTaskStore.create())
                .retry(RetrySchedule.delays(ofSeconds(2), ofSeconds(4), ofSeconds(8))) // the default
                .build()) {
            var mine = client.forOwner("user-1"); // everything below is that owner's alone
            Batch four = mine.variations(GenerationRequest.of(brief), 4).await(); // failures kept beside successes
            Generation best = four.succeeded().get(0);
            Generation warmer =
                    mine.refine(best.id(), "Warmer colours, same facts.").await();
            List<Generation> history = mine.chain(warmer.id()).generations(); // root first
            // spotless:on
            return history;
        }
    }

    static GenerationClient many(Provider provider, DataSource pool, DataSource unpooled) {
        // spotless:off
        var store = JdbcTaskStore.builder(pool)
                .lockConnection(unpooled) // PostgreSQL: deaths noticed in seconds, others' submits at once
                .build();
        var client = GenerationClient.builder()
                .provider(provider)
                .taskStore(store)
                .maxConcurrent(64)
                .guard(Guard.builder().rate(50, Duration.ofMinutes(1)).build())
                .build();
        // spotless:on
        return client;
    }

    static GenerationHandle together(
            GenerationClient client,
            JdbcTaskStore store,
            Connection connection,
            GenerationRequest request,
            PreparedStatement insertOrder)
            throws SQLException {
        // spotless:off
        connection.setAutoCommit(false);
        insertOrder.executeUpdate(); // a row of your own
        GenerationHandle description =
                client.forOwner("user-1").within(store.within(connection)).generate(request);
        connection.commit(); // both, or neither after a rollback; awaiting it before this is an error that says so
        client.wake(); // it starts now instead of at the next poll, a second at most (on PostgreSQL others hear of it)
        // spotless:on
        return description;
    }
}
