/** Durable generative-AI work inside your own app. */
module dev.reprise.core {
    requires transitive org.jspecify;
    requires transitive okhttp3;
    requires okio;
    requires com.squareup.moshi;
    requires dev.failsafe.core;
    requires org.slf4j;

    exports dev.reprise;
    exports dev.reprise.event;
    exports dev.reprise.failure;
    exports dev.reprise.generation;
    exports dev.reprise.handle;
    exports dev.reprise.identity;
    exports dev.reprise.provider;
    exports dev.reprise.provider.anthropic;
    exports dev.reprise.provider.http;
    exports dev.reprise.provider.openai;
    exports dev.reprise.retry;
    exports dev.reprise.store;
    exports dev.reprise.store.rules;
    exports dev.reprise.time;
}
