package dev.reprise.providers;

import dev.reprise.provider.openai.Dialect;
import dev.reprise.testkit.provider.ProviderContract;
import dev.reprise.testkit.provider.ProviderUnderTest;

class OpenAiContractTest extends ProviderContract {

    @Override
    protected ProviderUnderTest createProvider() {
        return new OpenAiUnderTest(Dialect.OPENAI);
    }
}
