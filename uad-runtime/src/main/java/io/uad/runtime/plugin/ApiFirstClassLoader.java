package io.uad.runtime.plugin;

import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginManager;

/** The classes of one plugin: what all share comes from them, all else is the plugin's own first. */
final class ApiFirstClassLoader extends PluginClassLoader {
    static {
        registerAsParallelCapable();
    }

    ApiFirstClassLoader(PluginManager manager, PluginDescriptor descriptor, SharedClasses parent) {
        super(manager, descriptor, parent);
    }

    @Override
    protected boolean shouldDelegateToParent(String className) {
        return SharedClasses.contains(className);
    }

    @Override
    public Class<?> loadClass(String className) throws ClassNotFoundException {
        try {
            return super.loadClass(className);
        } catch (ClassNotFoundException e) {
            if (!SharedClasses.mayBeOwn(className)) {
                throw e;
            }
        }
        synchronized (getClassLoadingLock(className)) {
            var loaded = findLoadedClass(className);
            return loaded == null ? findClass(className) : loaded;
        }
    }

    /** Whether the plugin brings classes of the API, which are then not used. */
    boolean bundlesTheApi() {
        return findResource("io/uad/api/ComponentProvider.class") != null;
    }
}
