package dev.reprise.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailure;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.Sent;
import dev.reprise.generation.StopReason;
import dev.reprise.generation.Usage;
import dev.reprise.provider.AttemptId;
import dev.reprise.provider.CallControl;
import dev.reprise.provider.ModelProfile;
import dev.reprise.provider.Provider;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderRequest;
import dev.reprise.store.AttemptRow;
import dev.reprise.store.Scope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a provider is told about the attempt that its call is. */
class AttemptIdentityTest {

    private final VirtualWorld world = new VirtualWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aCallIsToldTheAttemptThatItsOutcomeIsStoredUnder() {
        var provider = new FailsOnce();
        var client = world.start(provider);
        var handle = client.generate(GenerationRequest.of("hello"));
        world.until(handle.future());

        assertThat(provider.attempts)
                .containsExactly(new AttemptId(handle.id(), 1, 1), new AttemptId(handle.id(), 2, 2));
        var stored = world.store.find(Scope.ALL, handle.id()).orElseThrow().attempts();
        assertThat(stored).extracting(AttemptRow::epoch).containsExactly(1L, 2L);
        assertThat(stored).extracting(AttemptRow::number).containsExactly(1, 2);
    }

    @Test
    void aPreviewIsNoAttempt() {
        var provider = new FailsOnce();
        var client = world.start(provider);
        var parent = client.generate(GenerationRequest.of("hello"));
        world.until(parent.future());
        world.until(client.preview(parent.id(), "shorter"));

        assertThat(provider.attempts).hasSize(3);
        assertThat(provider.attempts.get(2)).isNull();
    }

    /** Fails its first call and keeps what it was told. */
    private static final class FailsOnce implements Provider {

        private final List<AttemptId> attempts = Collections.synchronizedList(new ArrayList<>());

        @Override
        public String name() {
            return "fails-once";
        }

        @Override
        public String defaultModel() {
            return "model";
        }

        @Override
        public ModelProfile profile(String model) {
            return ModelProfile.unknown(model);
        }

        @Override
        public ProviderReply call(ProviderRequest request, CallControl control) {
            attempts.add(control.attempt());
            var exchange = new ProviderReply.Exchange(null, Usage.NONE, new Sent(request.model(), Map.of(), null));
            return attempts.size() == 1
                    ? new ProviderReply.Failed(GenerationFailure.of(FailureKind.OVERLOADED, "first"), null, exchange)
                    : new ProviderReply.Completed("done", StopReason.END, null, exchange);
        }
    }
}
