/** Fakes, a virtual clock, and contract suites for authors of stores and providers. */
module dev.reprise.testkit {
    requires transitive dev.reprise.core;

    exports dev.reprise.testkit;
}
