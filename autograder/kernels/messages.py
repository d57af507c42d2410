"""Messages from a kernel, as far as they have the form of Jupyter's; a student's code can send anything."""

from typing import Any

from jupyter_client.channels import AsyncZMQSocketChannel

_STATUS = ("ok", "error", "aborted")


class ForgivingChannel(AsyncZMQSocketChannel):
    """A channel on which what is no proper message counts as one of no kind, with nothing in it."""

    async def get_msg(  # type: ignore[override]
        self, timeout: float | None = None
    ) -> dict[str, Any]:
        """Returns the next message.

        Raises:
            queue.Empty: There is none within `timeout` seconds.
        """
        try:
            message: dict[str, Any] = await super().get_msg(timeout)
            return clean(message) if self._is_sound(message) else _nothing()
        except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError):
            return _nothing()

    def _is_sound(self, message: dict[str, Any]) -> bool:
        return is_sound(message)


class ReplyChannel(ForgivingChannel):
    """One on which whatever answers a request is taken for its reply, whatever kind it says it is."""

    def _is_sound(self, message: dict[str, Any]) -> bool:
        return is_sound(message) and is_reply(message["content"])


def is_sound(message: dict[str, Any]) -> bool:
    """Whether a message has the parts that those who read it rely on."""
    content = message["content"]
    if not isinstance(message["parent_header"], dict) or not isinstance(content, dict):
        return False
    match message["msg_type"]:
        case "execute_reply":
            return is_reply(content)
        case "status":
            return isinstance(content.get("execution_state"), str)
        case "execute_input":
            return type(content.get("execution_count")) is int
        case "stream":
            return content.get("name") in ("stdout", "stderr") and isinstance(content.get("text"), str)
        case "error":
            return _is_error(content)
        case "display_data" | "execute_result":
            return isinstance(content.get("data"), dict) and isinstance(content.get("metadata", {}), dict)
        case kind:
            return isinstance(kind, str)


def is_reply(content: dict[str, Any]) -> bool:
    """Whether the content of a message says what came of a request."""
    return content.get("status") in _STATUS and (content["status"] != "error" or _is_error(content))


def _is_error(content: dict[str, Any]) -> bool:
    lines = content.get("traceback")
    texts = [content.get("ename"), content.get("evalue"), *(lines if isinstance(lines, list) else [None])]
    return all(isinstance(text, str) for text in texts)


def clean(value: Any) -> Any:
    """Returns a JSON value without halves of surrogate pairs, which cannot be written to a file."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {clean(key): clean(part) for key, part in value.items()}
    return [clean(part) for part in value] if isinstance(value, list) else value


def _nothing() -> dict[str, Any]:
    return {"msg_type": "", "header": {}, "parent_header": {}, "content": {}, "metadata": {}}
