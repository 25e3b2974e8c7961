package dev.reprise.text;

import dev.reprise.provider.CallControl;
import dev.reprise.provider.ModelProfile;
import dev.reprise.provider.ModelProfile.Support;
import dev.reprise.provider.Provider;
import dev.reprise.provider.ProviderReply;
import dev.reprise.provider.ProviderRequest;
import org.jspecify.annotations.Nullable;

/** A provider that has a name and is never called. */
record NamedProvider(String name, @Nullable String defaultModel, Support temperature) implements Provider {

    static NamedProvider of(String name, @Nullable String defaultModel) {
        return new NamedProvider(name, defaultModel, Support.UNKNOWN);
    }

    @Override
    public ModelProfile profile(String model) {
        return ModelProfile.unknown(model).withTemperature(temperature);
    }

    @Override
    public ProviderReply call(ProviderRequest request, CallControl control) {
        throw new UnsupportedOperationException("never called");
    }
}
