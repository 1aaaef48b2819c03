"""The editor of one app: its chat, its preview, its code, its versions, its publishing."""
