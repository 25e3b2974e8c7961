module consumer {
    requires dev.reprise.core;
}
