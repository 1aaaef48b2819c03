"""OverSkill: describe an app in a chat, watch it being written, publish it."""
