package io.uad.runtime.plugin;

import java.io.IOException;
import java.net.URL;
import java.util.Enumeration;
import java.util.List;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginManager;

/** The classes of one plugin: the API and the logging interface are everybody's, all else is the plugin's own first. */
final class ApiFirstClassLoader extends PluginClassLoader {
    static {
        registerAsParallelCapable();
    }

    private static final List<String> SHARED = List.of("io.uad.api.", "org.slf4j.", "org.jspecify.");
    private static final String SERVICES_OF_THE_API = "META-INF/services/io.uad.api.";

    ApiFirstClassLoader(PluginManager manager, PluginDescriptor descriptor, ClassLoader parent) {
        super(manager, descriptor, parent);
    }

    @Override
    protected boolean shouldDelegateToParent(String className) {
        return SHARED.stream().anyMatch(className::startsWith) || super.shouldDelegateToParent(className);
    }

    /** A plugin's providers are its own: those of the parent are found there. */
    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return name.startsWith(SERVICES_OF_THE_API) ? findResources(name) : super.getResources(name);
    }

    /** Whether the plugin brings classes of the API, which are then not used. */
    boolean bundlesTheApi() {
        return findResource("io/uad/api/ComponentProvider.class") != null;
    }
}
