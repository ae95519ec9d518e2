/** What engines have in common. */
module io.uad.engine.common {
    requires transitive io.uad.api;
    requires java.management;
    requires jdk.management;
    requires static org.jspecify;

    exports io.uad.plugin.engine.common;
}
