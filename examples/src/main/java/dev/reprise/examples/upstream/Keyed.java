package dev.reprise.examples.upstream;

import dev.reprise.examples.command.Arguments;
import dev.reprise.examples.command.Shell;
import dev.reprise.examples.command.UsageException;
import dev.reprise.provider.Provider;
import dev.reprise.retry.RetrySchedule;

/** A model behind a key. */
record Keyed(Provider provider, String description) implements Upstream {

    static Keyed open(KeyedService service, Arguments arguments, Shell shell) {
        var model = arguments
                .value(MODEL)
                .or(() -> shell.variable(service.modelVariable()))
                .orElseThrow(() -> new UsageException(service.title()
                        + " is set up, but no model is named: set " + service.modelVariable() + " or give " + MODEL
                        + " (or " + SIMULATOR + ")"));
        var key = shell.variable(service.keyVariable()).orElse(null);
        var baseUrl = shell.variable(service.baseUrlVariable()).orElse(null);
        return new Keyed(
                service.connector().connect(key, model, baseUrl),
                service.title() + (baseUrl == null ? "" : " at " + baseUrl) + ", model " + model);
    }

    @Override
    public RetrySchedule schedule() {
        return RetrySchedule.DEFAULT;
    }

    @Override
    public void close() {
        // The provider holds nothing that wants closing.
    }
}
