package io.uad.plugin.listener.console;

import io.uad.api.listener.ListenerProvider;
import io.uad.testkit.contract.ListenerContract;

class ConsoleContractTest extends ListenerContract {
    @Override
    protected ListenerProvider provider() {
        return new ConsoleProvider();
    }
}
