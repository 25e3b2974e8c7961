/** Fakes, a virtual clock, and contract suites for authors of stores and providers. */
module dev.reprise.testkit {
    requires transitive dev.reprise.core;
    requires static org.assertj.core;
    requires static org.junit.jupiter.api;

    exports dev.reprise.testkit;
    exports dev.reprise.testkit.store;

    // JUnit calls the suites' methods.
    opens dev.reprise.testkit.store;
}
