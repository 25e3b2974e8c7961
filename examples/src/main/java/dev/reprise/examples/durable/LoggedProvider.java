package dev.reprise.examples.durable;

import dev.reprise.generation.AttemptOutcome;
import dev.reprise.provider.CallControl;
import dev.reprise.provider.ModelProfile;
import dev.reprise.provider.Provider;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderRequest;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider whose calls are logged: none begins before its line is written, none has returned before its end's line is.
 * Thread-safe.
 */
record LoggedProvider(Provider provider, CallLog log, Clock clock) implements Provider {

    private static final long PID = ProcessHandle.current().pid();

    @Override
    public String name() {
        return provider.name();
    }

    @Override
    public @Nullable String defaultModel() {
        return provider.defaultModel();
    }

    @Override
    public ModelProfile profile(String model) {
        return provider.profile(model);
    }

    @Override
    public List<ModelProfile> models() {
        return provider.models();
    }

    @Override
    public ProviderReply call(ProviderRequest request, CallControl control) throws InterruptedException {
        var attempt = control.attempt();
        if (attempt == null) {
            return provider.call(request, control);
        }
        var begin = CallLine.begin(attempt, PID, clock.instant());
        log.append(begin);
        var outcome = AttemptOutcome.FAILED;
        try {
            var reply = provider.call(request, control);
            outcome = outcome(reply, control);
            return reply;
        } finally {
            log.append(begin.end(outcome, clock.instant()));
        }
    }

    private static AttemptOutcome outcome(ProviderReply reply, CallControl control) {
        if (reply instanceof ProviderReply.Completed) {
            return AttemptOutcome.SUCCEEDED;
        }
        return control.cancelled() ? AttemptOutcome.CANCELLED : AttemptOutcome.FAILED;
    }
}
