package io.uad.plugin.listener.jsonl;

import io.uad.api.listener.ListenerProvider;
import io.uad.testkit.contract.ListenerContract;

class JsonlContractTest extends ListenerContract {
    @Override
    protected ListenerProvider provider() {
        return new JsonlProvider();
    }
}
