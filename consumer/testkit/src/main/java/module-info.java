module consumer {
    requires dev.reprise.testkit;
}
