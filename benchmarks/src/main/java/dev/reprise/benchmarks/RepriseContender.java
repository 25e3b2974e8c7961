package dev.reprise.benchmarks;

import dev.reprise.GenerationClient;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.Sent;
import dev.reprise.generation.StopReason;
import dev.reprise.generation.Usage;
import dev.reprise.provider.CallControl;
import dev.reprise.provider.ModelProfile;
import dev.reprise.provider.Provider;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderRequest;
import dev.reprise.storage.jdbc.JdbcTaskStore;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reprise with the settings it has by itself, but for the number of slots, and a provider that answers at once. */
final class RepriseContender implements Contender {

    private final DataSource pool;
    private final Plan plan;
    private final Provider provider;
    private @Nullable JdbcTaskStore store;
    private @Nullable GenerationClient submitter;
    private @Nullable GenerationClient workers;

    RepriseContender(DataSource pool, Executions executions, Plan plan) {
        this.pool = pool;
        this.plan = plan;
        provider = new NoOpProvider(executions);
    }

    /** Answers at once. */
    private record NoOpProvider(Executions executions) implements Provider {

        private static final ProviderReply DONE = new ProviderReply.Completed(
                "ok",
                StopReason.END,
                null,
                new ProviderReply.Exchange(null, Usage.NONE, new Sent("no-op", Map.of(), null)));

        @Override
        public String name() {
            return "no-op";
        }

        @Override
        public String defaultModel() {
            return "no-op";
        }

        @Override
        public ModelProfile profile(String model) {
            return ModelProfile.unknown(model);
        }

        @Override
        public ProviderReply call(ProviderRequest request, CallControl control) {
            executions.ran(request.request().messages().get(0).text());
            return DONE;
        }
    }

    @Override
    public void createTables() {
        var created = JdbcTaskStore.create(pool);
        store = created;
        submitter = GenerationClient.builder()
                .provider(provider)
                .taskStore(created)
                .submitOnly()
                .build();
    }

    @Override
    public void enqueue(List<String> texts) {
        var requests = texts.stream().map(RepriseContender::request).toList();
        Objects.requireNonNull(submitter).generateAll(requests);
    }

    private static GenerationRequest request(String text) {
        return GenerationRequest.of(text);
    }

    @Override
    public void startWorkers() {
        workers = GenerationClient.builder()
                .provider(provider)
                .taskStore(Objects.requireNonNull(store))
                .maxConcurrent(plan.slots())
                .build();
    }

    @Override
    public void submit(String text) {
        Objects.requireNonNull(workers).generate(request(text));
    }

    @Override
    public void stopWorkers() {
        Objects.requireNonNull(workers).close();
    }

    @Override
    public String unfinished() {
        return Floor.UNFINISHED;
    }

    @Override
    public String incomplete() {
        return Floor.INCOMPLETE;
    }
}
