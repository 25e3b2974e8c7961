package dev.reprise.providers;

import dev.reprise.testkit.provider.ProviderContract;
import dev.reprise.testkit.provider.ProviderUnderTest;

class AnthropicContractTest extends ProviderContract {

    @Override
    protected ProviderUnderTest createProvider() {
        return new AnthropicUnderTest();
    }
}
