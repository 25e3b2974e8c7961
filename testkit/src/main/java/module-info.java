/** Fakes, a virtual clock, and contract suites for authors of stores and providers. */
module dev.reprise.testkit {
    requires transitive dev.reprise.core;
    requires okio;
    requires static org.assertj.core;
    requires static mockwebserver3;
    requires static org.junit.jupiter.api;
    requires static org.junit.jupiter.params;

    exports dev.reprise.testkit;
    exports dev.reprise.testkit.provider;
    exports dev.reprise.testkit.store;
    exports dev.reprise.testkit.store.walk;
    exports dev.reprise.testkit.wire;

    // JUnit calls the suites' methods.
    opens dev.reprise.testkit.provider;
    opens dev.reprise.testkit.store;
    opens dev.reprise.testkit.store.walk;
}
